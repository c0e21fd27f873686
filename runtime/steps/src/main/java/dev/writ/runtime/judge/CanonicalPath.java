package dev.writ.runtime.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL path that conditions are about: no query, no dot segments, no empty segments inside, a slash for a backslash; letters,
 * digits and {@code -._~} are not escaped, and what a URL cannot hold is (RFC 3986, 6.2.2).
 */
public final class CanonicalPath {
    private static final Pattern NEEDLESS_ESCAPE =
            Pattern.compile("%(2[dDeE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA]|5[fF]|7[eE])");
    private static final Pattern UNESCAPED = Pattern.compile("[\"<>^`{|}]");

    private CanonicalPath() {}

    public static String of(String target) {
        String path = target.split("[?#]", 2)[0].replace('\\', '/');
        String decoded = NEEDLESS_ESCAPE
                .matcher(path)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
        String encoded = UNESCAPED
                .matcher(decoded)
                .replaceAll(c -> "%" + Integer.toHexString(c.group().charAt(0)).toUpperCase(Locale.ROOT));
        return withoutDotSegments(encoded).replaceAll("//+", "/");
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
