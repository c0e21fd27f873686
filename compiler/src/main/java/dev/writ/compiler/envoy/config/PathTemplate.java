package dev.writ.compiler.envoy.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Envoy's path templates ({@code UriTemplateMatchConfig}), read as Envoy 1.40.0 reads them ({@code
 * source/extensions/path/uri_template_lib/uri_template_internal.cc}, and tried, for 1.40.0 takes more than the sources of earlier
 * versions say): segments, of which {@code *} is any one and {@code **} the rest; {@code {name}} is {@code {name=*}}, and {@code
 * {name=a/*}} a run of segments that has a name. Text may stand right before and after a variable ({@code v{name}.js}), one in a
 * segment; after a {@code *} it ends the template. A {@code *} inside text goes into the regular expression as it is ({@code a*b} is
 * any number of a's before a b); where that makes none, Envoy takes the template, and no path fits.
 */
final class PathTemplate {
    private static final String CHARACTERS = "a-zA-Z0-9\\-._~%!$&'()+,;:@=*";
    private static final String SEGMENT = "[" + CHARACTERS + "]+";
    private static final String REST = "[" + CHARACTERS + "/]*";
    private static final java.util.regex.Pattern PRINTABLE = java.util.regex.Pattern.compile("/[!-~]*");
    private static final java.util.regex.Pattern LITERAL = java.util.regex.Pattern.compile(SEGMENT);
    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,15}");
    private static final int VARIABLES = 5;
    private static final Pattern NOTHING = Pattern.compile("[^\\x00-\\x{10FFFF}]");

    private final Set<String> names = new HashSet<>();
    private boolean globAfterRest;
    private boolean rest;

    private PathTemplate() {}

    /** As a regular expression; empty if Envoy does not take it. */
    static Optional<Pattern> of(String template) {
        return PRINTABLE.matcher(template).matches()
                ? new PathTemplate().regex(template.substring(1)).map(PathTemplate::compiled)
                : Optional.empty();
    }

    private static Pattern compiled(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            return NOTHING;
        }
    }

    private Optional<String> regex(String template) {
        StringBuilder regex = new StringBuilder("/");
        String left = template;
        while (!left.isEmpty()) {
            int end = endOfSegment(left);
            String segment = left.substring(0, end);
            left = left.substring(end);
            // What follows `*` at once is text, and all that may follow.
            Optional<String> part = segment.startsWith("*") ? glob(segment, left) : segment(segment);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            regex.append(part.get());
            if (left.startsWith("/")) {
                regex.append('/');
                left = left.substring(1);
            }
        }
        return globAfterRest || names.size() > VARIABLES ? Optional.empty() : Optional.of(regex.toString());
    }

    /** A slash inside a variable that begins the segment does not end it. */
    private static int endOfSegment(String left) {
        int from = left.startsWith("{") ? Math.max(0, left.indexOf('}')) : 0;
        int end = left.indexOf('/', from);
        return end < 0 ? left.length() : end;
    }

    private Optional<String> glob(String segment, String left) {
        String operator = segment.startsWith("**") ? "**" : "*";
        String suffix = segment.substring(operator.length());
        String glob = globOrLiteral(operator).orElseThrow();
        if (suffix.isEmpty()) {
            return Optional.of(glob);
        }
        return left.isEmpty() ? literal(suffix).map(text -> glob + text) : Optional.empty();
    }

    /** Text, or a variable with text or nothing around it. */
    private Optional<String> segment(String segment) {
        int start = segment.indexOf('{');
        int end = segment.indexOf('}');
        if (start < 0 || end < start) {
            return literal(segment);
        }
        String before = segment.substring(0, start);
        String after = segment.substring(end + 1);
        return variable(segment.substring(start + 1, end).split("=", 2))
                .flatMap(variable -> textOrNothing(before).map(text -> text + variable))
                .flatMap(regex -> textOrNothing(after).map(text -> regex + text));
    }

    private static Optional<String> textOrNothing(String text) {
        return text.isEmpty() ? Optional.of("") : literal(text);
    }

    private Optional<String> globOrLiteral(String segment) {
        return switch (segment) {
            case "*" -> Optional.of(glob(false));
            case "**" -> Optional.of(glob(true));
            default -> literal(segment);
        };
    }

    /** Nothing but literals may come after the rest of a path. */
    private String glob(boolean ofRest) {
        globAfterRest |= rest;
        rest |= ofRest;
        return ofRest ? REST : SEGMENT;
    }

    private static Optional<String> literal(String text) {
        return LITERAL.matcher(text).matches() ? Optional.of(text.replaceAll("[$()+.]", "\\\\$0")) : Optional.empty();
    }

    private Optional<String> variable(String[] nameAndMatch) {
        if (!NAME.matcher(nameAndMatch[0]).matches() || !names.add(nameAndMatch[0])) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (String part : nameAndMatch.length == 1 ? new String[] {"*"} : nameAndMatch[1].split("/", -1)) {
            // A glob that goes on, as in `*a`, is none here.
            Optional<String> regex = part.startsWith("*") && !part.equals("*") && !part.equals("**")
                    ? Optional.empty()
                    : globOrLiteral(part);
            if (regex.isEmpty()) {
                return Optional.empty();
            }
            parts.add(regex.get());
        }
        return Optional.of("(?:" + String.join("/", parts) + ")");
    }
}
