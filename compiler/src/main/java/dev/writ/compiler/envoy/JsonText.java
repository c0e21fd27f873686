package dev.writ.compiler.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;

/** Renders a tree as indented JSON with sorted keys. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    String render(JsonNode root) {
        value(root, 0);
        return out.append('\n').toString();
    }

    private void value(JsonNode node, int indent) {
        if (node.isObject() && !node.isEmpty()) {
            object(node, indent);
        } else if (node.isArray() && !node.isEmpty()) {
            array(node, indent);
        } else if (node.isTextual()) {
            out.append(quoted(node.textValue()));
        } else {
            out.append(node);
        }
    }

    private void object(JsonNode node, int indent) {
        out.append("{\n");
        Iterator<String> keys = YamlText.sortedKeys(node).iterator();
        while (keys.hasNext()) {
            String key = keys.next();
            out.append(" ".repeat(indent + 2)).append(quoted(key)).append(": ");
            value(node.get(key), indent + 2);
            out.append(keys.hasNext() ? ",\n" : "\n");
        }
        out.append(" ".repeat(indent)).append('}');
    }

    private void array(JsonNode node, int indent) {
        out.append("[\n");
        Iterator<JsonNode> items = node.elements();
        while (items.hasNext()) {
            out.append(" ".repeat(indent + 2));
            value(items.next(), indent + 2);
            out.append(items.hasNext() ? ",\n" : "\n");
        }
        out.append(" ".repeat(indent)).append(']');
    }

    /** A string as JSON and double-quoted YAML both read it. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean control = c < ' ' || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029 || c == 0xfeff;
                    quoted.append(control ? String.format(Locale.ROOT, "\\u%04x", (int) c) : Character.toString(c));
                }
            }
        }
        return quoted.append('"').toString();
    }
}
