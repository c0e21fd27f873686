package dev.writ.runtime.judge;

import dev.writ.compiler.model.WorkloadKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call to judge.
 *
 * @param port the inbound's port
 * @param sni the TLS server name; null for none
 * @param method null for GET; an inbound that is not HTTP takes no notice of method and path
 * @param path with its query, if any; null for {@code /}
 */
public record Call(
        Caller caller,
        WorkloadKey to,
        int port,
        @Nullable String sni,
        @Nullable String method,
        @Nullable String path) {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /**
     * Why method and path are no request that an HTTP server would pass on: Envoy answers such a one by itself. Judges of an
     * HTTP inbound say unknown to it.
     */
    public Optional<String> requestFault() {
        if (method != null
                && (method.isEmpty()
                        || method.equals("CONNECT")
                        || !method.chars().allMatch(Call::isToken))) {
            return Optional.of("`" + method + "` is no HTTP method of a request to a path");
        }
        if (path != null && !(path.startsWith("/") && path.chars().allMatch(Call::isInPath))) {
            return Optional.of(
                    "`" + path + "` is no path of an HTTP request: it starts with `/`, has no fragment and no "
                            + "characters but visible ASCII");
        }
        return Optional.empty();
    }

    private static boolean isToken(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean isInPath(int c) {
        return c > ' ' && c < 0x7f && c != '#';
    }
}
