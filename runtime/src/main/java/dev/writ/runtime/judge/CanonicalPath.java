package dev.writ.runtime.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL path that conditions are about: no query, no dot segments, no empty segments, and no percent-encoding of
 * characters that need none (RFC 3986, 6.2.2).
 */
final class CanonicalPath {
    private static final Pattern NEEDLESS_ESCAPE =
            Pattern.compile("%(2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])");
    private static final Pattern PLAIN = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[2-7][0-9a-fA-F])*+");

    private CanonicalPath() {}

    /** Empty where servers differ on what the path is. */
    static Optional<String> of(String target) {
        String path = target.split("[?#]", 2)[0].replace('\\', '/');
        String decoded = NEEDLESS_ESCAPE
                .matcher(path)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
        if (!PLAIN.matcher(decoded).matches() || decoded.matches("(?i).*%(2f|5c|7f|20).*")) {
            return Optional.empty();
        }
        return Optional.of(withoutDotSegments(decoded).replaceAll("//+", "/"));
    }

    private static String withoutDotSegments(String path) {
        List<String> kept = new ArrayList<>();
        String last = "";
        for (String segment : path.substring(1).split("/", -1)) {
            last = segment;
            if (segment.equals("..") && !kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            } else if (!segment.equals("..") && !segment.equals(".")) {
                kept.add(segment);
            }
        }
        if (last.equals(".") || last.equals("..")) {
            kept.add("");
        }
        return "/" + String.join("/", kept);
    }
}
