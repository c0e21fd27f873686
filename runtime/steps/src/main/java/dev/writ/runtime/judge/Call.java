package dev.writ.runtime.judge;

import dev.writ.compiler.model.WorkloadKey;
import java.util.Optional;
import java.util.regex.Pattern;
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

    private static final Pattern ESCAPED_SLASH = Pattern.compile("[^?]*?%(?:2[fF]|5[cC])");
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z!#$%&'*+.^_`|~-]+");
    private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]*");
    /** A NUL, or a dot segment with a parameter. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[^?]*?(?:%00|[/\\\\]\\.\\.?;)");

    /**
     * Why method and path are no request of which one could say what an HTTP server makes of it: Envoy answers it by itself, or
     * its versions differ. Judges of an HTTP inbound say unknown to it.
     */
    public Optional<String> requestFault() {
        if (method != null
                && (method.equals("CONNECT") || !TOKEN.matcher(method).matches())) {
            return Optional.of("`" + method + "` is no HTTP method of a request to a path");
        }
        if (path != null && !PATH.matcher(path).matches()) {
            return Optional.of(
                    "`" + path + "` is no path of an HTTP request: it starts with `/`, has no fragment and no "
                            + "characters but visible ASCII");
        }
        if (path != null && AMBIGUOUS.matcher(path).lookingAt()) {
            return Optional.of("what a server makes of the path `" + path + "` is not modelled");
        }
        return Optional.empty();
    }

    /** Whether the path, without its query, has a {@code /} or a {@code \\} as a percent escape. */
    boolean hasEscapedSlash() {
        return path != null && ESCAPED_SLASH.matcher(path).lookingAt();
    }
}
