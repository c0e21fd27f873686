package dev.writ.runtime.judge;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as the filters see it.
 *
 * @param path as the connection manager hands it on, with the query
 * @param authority null if nobody says
 * @param headers by names in lower case, pseudo-headers not among them; null if nobody says
 * @param changed headers that the connection manager sets in a way that is not modelled, with the reason
 * @param remote whom it is from; null if nobody says
 * @param remotePort the port there; 0 of an address that a header tells, null if nobody says
 */
record HttpRequest(
        String method,
        String path,
        @Nullable String authority,
        @Nullable Map<String, List<String>> headers,
        Map<String, String> changed,
        @Nullable InetAddress remote,
        @Nullable Integer remotePort) {

    /** The values of a header; null if they are not known. Host and authority are one. */
    @Nullable
    List<String> values(String name) {
        return switch (name) {
            case ":method" -> List.of(method);
            case ":path" -> List.of(path);
            case ":authority", "host" -> authority == null ? null : List.of(authority);
            // A connection manager sets it itself, and alone it is said like any other.
            case ":scheme" -> headers == null || changed.containsKey(name) ? null : headers.get(name);
            default -> headers == null || changed.containsKey(name) ? null : headers.getOrDefault(name, List.of());
        };
    }

    /** Why they are not. */
    String whyUnknown(String name) {
        String what = switch (name) {
            case ":authority", "host" -> "its host";
            case ":scheme" -> "its scheme";
            default -> "what the header `" + name + "` holds";
        };
        return changed.getOrDefault(name, "the request does not say " + what);
    }

    /** All values in one, as a matcher's input has them. */
    MatchValue joined(String name) {
        List<String> values = values(name);
        if (values == null) {
            return new MatchValue.Unknown(whyUnknown(name));
        }
        return values.isEmpty() ? MatchValue.EMPTY : new MatchValue.Text(String.join(",", values));
    }

    String pathWithoutQuery() {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '?' || path.charAt(i) == '#') {
                return path.substring(0, i);
            }
        }
        return path;
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
