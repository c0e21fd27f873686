package dev.writ.compiler.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Renders a tree as block YAML with sorted keys. A string is quoted unless every YAML reader takes it for one. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    /** YAML readers give up on a key in one line beyond 1,024 characters; a SPIFFE ID has up to 2,048. */
    private static final int LONGEST_SIMPLE_KEY = 1000;

    private final StringBuilder out = new StringBuilder();

    String render(JsonNode root) {
        block(root, 0);
        return out.toString();
    }

    /** Starts at the beginning of a line's content, of which the indentation is already there. */
    private void block(JsonNode node, int indent) {
        if (node.isObject() && !node.isEmpty()) {
            object(node, indent);
        } else if (node.isArray() && !node.isEmpty()) {
            array(node, indent);
        } else {
            out.append(scalar(node)).append('\n');
        }
    }

    private void object(JsonNode node, int indent) {
        boolean first = true;
        for (String key : sortedKeys(node)) {
            if (!first) {
                indent(indent);
            }
            first = false;
            String written = quoted(key);
            out.append(written.length() > LONGEST_SIMPLE_KEY ? "? " + written + "\n" : written);
            if (written.length() > LONGEST_SIMPLE_KEY) {
                indent(indent);
            }
            out.append(':');
            JsonNode value = node.get(key);
            if (value.isEmpty()) {
                out.append(' ').append(scalar(value)).append('\n');
            } else {
                // A sequence stands at its key's indentation, a mapping below it.
                int below = value.isArray() ? indent : indent + 2;
                out.append('\n');
                indent(below);
                block(value, below);
            }
        }
    }

    private void array(JsonNode node, int indent) {
        Iterator<JsonNode> items = node.elements();
        while (items.hasNext()) {
            out.append("- ");
            block(items.next(), indent + 2);
            if (items.hasNext()) {
                indent(indent);
            }
        }
    }

    private void indent(int spaces) {
        out.append(" ".repeat(spaces));
    }

    static NavigableSet<String> sortedKeys(JsonNode node) {
        NavigableSet<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static String scalar(JsonNode node) {
        if (node.isObject()) {
            return "{}";
        }
        if (node.isArray()) {
            return "[]";
        }
        return node.isTextual() ? quoted(node.textValue()) : node.asText();
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                ? text
                : JsonText.quoted(text);
    }
}
