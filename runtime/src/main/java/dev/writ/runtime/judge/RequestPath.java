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
    private static final String KEPT = UNRESERVED + "!$&'()*+,;=:@/";

    /** What comes of it. */
    sealed interface Result {
        record Seen(MatchValue path) implements Result {}

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
            String unescaped = unescaped(path.replace('\\', '/'));
            if (!isPlain(unescaped)) {
                return new Result.Seen(
                        new MatchValue.Unknown("how Envoy normalises the path `" + path + "` is not modelled"));
            }
            path = withoutDotSegments(unescaped);
        }
        String merged = handling.mergeSlashes() ? path.replaceAll("/{2,}", "/") : path;
        return new Result.Seen(new MatchValue.Text(merged + query));
    }

    private static String unescaped(String path) {
        StringBuilder unescaped = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            int code = path.charAt(i) == '%' ? escape(path, i) : -1;
            if (code >= 0 && isUnreserved((char) code)) {
                unescaped.append((char) code);
                i += 2;
            } else {
                unescaped.append(path.charAt(i));
            }
        }
        return unescaped.toString();
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

    /** Only characters that Envoy leaves alone: it escapes others, and refuses some escapes. */
    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean plain = c == '%'
                    ? escape(path, i) > ' ' && escape(path, i) < 0x7f
                    : isUnreserved(c) || KEPT.indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return true;
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
