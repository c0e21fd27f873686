package dev.writ.runtime.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A line of the judge's access log.
 *
 * @param chain the filter chain that took it; empty for none, or for one without a name
 * @param uriSans the caller's, as Envoy joins them; empty where it presented none
 * @param tls whether a TLS handshake with the caller was completed
 * @param forwarded whether anything went on to the application
 * @param details why a request was answered as it was
 * @param termination why a connection was ended by Envoy
 * @param httpRbac what the HTTP RBAC filter noted
 * @param networkRbac what the network RBAC filters noted
 */
record Evidence(
        String kind,
        Connection connection,
        String chain,
        String uriSans,
        boolean tls,
        boolean forwarded,
        String tlsFailure,
        String flags,
        String details,
        String termination,
        JsonNode httpRbac,
        JsonNode networkRbac) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A connection of the judge's, by its two addresses with their ports: while it lives and shortly after, no other has both.
     *
     * @param server the listener's
     */
    record Connection(String client, String server) {
        static Connection of(Socket socket) {
            return new Connection(
                    socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort(),
                    socket.getInetAddress().getHostAddress() + ":" + socket.getPort());
        }
    }

    /** Reads a line; null if it is none of ours. */
    static @Nullable Evidence of(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return new Evidence(
                    text(json, AccessLogFormat.KIND),
                    new Connection(text(json, AccessLogFormat.CLIENT), text(json, AccessLogFormat.SERVER)),
                    text(json, AccessLogFormat.CHAIN),
                    text(json, AccessLogFormat.URI_SANS),
                    !text(json, AccessLogFormat.TLS_VERSION).isEmpty(),
                    isForwarded(json),
                    text(json, AccessLogFormat.TLS_FAILURE),
                    text(json, AccessLogFormat.FLAGS),
                    text(json, AccessLogFormat.DETAILS),
                    text(json, AccessLogFormat.TERMINATION),
                    json.path(AccessLogFormat.HTTP_RBAC),
                    json.path(AccessLogFormat.NETWORK_RBAC));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    // A TCP proxy has an application at once, and sends it something only of callers that TLS let in.
    private static boolean isForwarded(JsonNode json) {
        return json.path(AccessLogFormat.KIND).asText().equals(AccessLogFormat.REQUEST)
                ? !text(json, AccessLogFormat.UPSTREAM).isEmpty()
                : json.path(AccessLogFormat.UPSTREAM_BYTES).asLong(0) > 0;
    }

    // Envoy writes null for a value it does not have.
    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isTextual() ? value.textValue() : "";
    }
}
