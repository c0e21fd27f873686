package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.PathHandling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;

/**
 * What an HTTP connection manager makes of a request's path, in Envoy's order: escaped slashes, dot segments, runs of
 * slashes (tried on 1.40.0). The query stays as it is.
 */
final class RequestPath {
    private static final String UNRESERVED = "-._~";
    private static final String ESCAPED = "\"<>^`{|}";

    /** What comes of it. */
    sealed interface Result {
        record Seen(String path) implements Result {}

        /** The connection manager answers by itself; no filter is asked. */
        record Answered(String reason) implements Result {}
    }

    private RequestPath() {}

    static Result of(String target, PathHandling handling) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question);
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.contains("%2f") || lower.contains("%5c")) {
            switch (handling.escapedSlashes()) {
                case KEEP -> {}
                case UNESCAPE -> path = path.replaceAll("%2[fF]", "/").replaceAll("%5[cC]", "\\\\");
                case REJECT -> {
                    return new Result.Answered("an escaped slash in the path is answered with 400");
                }
                case REDIRECT -> {
                    return new Result.Answered("an escaped slash in the path is answered with a redirect");
                }
            }
        }
        if (handling.normalize()) {
            path = withoutDotSegments(canonical(path.replace('\\', '/')));
        }
        return new Result.Seen((handling.mergeSlashes() ? path.replaceAll("/{2,}", "/") : path) + query);
    }

    /** Unreserved characters are not escaped, those outside the URL alphabet are; what is no escape at all is left alone. */
    private static String canonical(String path) {
        StringBuilder canonical = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int code = c == '%' ? escape(path, i) : -1;
            if (code >= 0 && isUnreserved((char) code)) {
                canonical.append((char) code);
                i += 2;
            } else if (ESCAPED.indexOf(c) >= 0) {
                canonical.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                canonical.append(c);
            }
        }
        return canonical.toString();
    }

    /** The character code of the escape that starts here, or -1. */
    private static int escape(String path, int at) {
        if (at + 2 >= path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0;
    }

    /** RFC 3986, 5.2.4; an empty segment counts as one. */
    private static String withoutDotSegments(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean dots = segments[i].equals(".") || segments[i].equals("..");
            if (segments[i].equals("..") && !kept.isEmpty()) {
                kept.removeLast();
            }
            if (!dots) {
                kept.addLast(segments[i]);
            } else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        Iterator<String> rest = kept.iterator();
        StringBuilder result = new StringBuilder();
        while (rest.hasNext()) {
            result.append('/').append(rest.next());
        }
        return result.toString();
    }
}
