package dev.writ.compiler.envoy.config;

import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * Envoy's path templates ({@code UriTemplateMatchConfig}): segments, of which {@code *} is any one and {@code **} the rest;
 * {@code {name}} is {@code {name=*}}, and {@code {name=a/*}} a run of segments that has a name.
 */
final class PathTemplate {
    // Envoy's source/common/router and extensions/path/uri_template_lib: kPathGlob and kTextGlob.
    private static final String SEGMENT = "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*]+";
    private static final String REST = "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*/]*";
    private static final java.util.regex.Pattern LITERAL =
            java.util.regex.Pattern.compile("[a-zA-Z0-9\\-._~%!$&'()+,;:@=]+");
    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

    private PathTemplate() {}

    /** As a regular expression; empty if Envoy does not take it. */
    static Optional<Pattern> of(String template) {
        if (!template.startsWith("/")) {
            return Optional.empty();
        }
        StringBuilder regex = new StringBuilder();
        String rest = template;
        boolean open = true;
        while (!rest.isEmpty()) {
            if (!open || !rest.startsWith("/")) {
                return Optional.empty();
            }
            regex.append('/');
            rest = rest.substring(1);
            int end = rest.startsWith("{") ? rest.indexOf('}') + 1 : rest.indexOf('/');
            String segment = end < 0 || end == 0 && rest.startsWith("{") ? rest : rest.substring(0, end);
            if (segment.isEmpty() && !rest.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> part = segment.startsWith("{") ? variable(segment) : part(segment);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            open = !part.get().endsWith(REST);
            regex.append(part.get());
            rest = rest.substring(segment.length());
        }
        return Optional.of(Pattern.compile(regex.toString()));
    }

    private static Optional<String> variable(String segment) {
        if (!segment.endsWith("}")) {
            return Optional.empty();
        }
        String[] parts = segment.substring(1, segment.length() - 1).split("=", 2);
        if (!NAME.matcher(parts[0]).matches()) {
            return Optional.empty();
        }
        if (parts.length == 1) {
            return Optional.of(SEGMENT);
        }
        StringBuilder regex = new StringBuilder();
        for (String part : parts[1].split("/", -1)) {
            Optional<String> one = part(part);
            if (one.isEmpty() || regex.toString().endsWith(REST)) {
                return Optional.empty();
            }
            regex.append(regex.isEmpty() ? "" : "/").append(one.get());
        }
        return Optional.of(regex.toString());
    }

    private static Optional<String> part(String segment) {
        return switch (segment) {
            case "" -> Optional.of("");
            case "*" -> Optional.of(SEGMENT);
            case "**" -> Optional.of(REST);
            default -> LITERAL.matcher(segment).matches() ? Optional.of(Pattern.quote(segment)) : Optional.empty();
        };
    }
}
