package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;

/** The access logs that the judge adds: one JSON object a line, on the standard output, which is a pipe to us. */
final class AccessLogFormat {
    static final String KIND = "kind";
    static final String REQUEST = "request";
    static final String CONNECTION = "connection";
    static final String CLIENT = "client";
    static final String SERVER = "server";
    static final String CHAIN = "chain";
    static final String URI_SANS = "uriSans";
    static final String TLS_VERSION = "tlsVersion";
    static final String UPSTREAM = "upstream";
    static final String UPSTREAM_BYTES = "upstreamBytes";
    static final String TLS_FAILURE = "tlsFailure";
    static final String FLAGS = "flags";
    static final String DETAILS = "details";
    static final String TERMINATION = "termination";
    static final String HTTP_RBAC = "httpRbac";
    static final String NETWORK_RBAC = "networkRbac";

    private AccessLogFormat() {}

    /** @param kind {@link #REQUEST} for a connection manager's log, {@link #CONNECTION} for a listener's */
    static AccessLog of(String kind) {
        return of(kind, "%DOWNSTREAM_LOCAL_ADDRESS%");
    }

    /** @param server how to tell the listener's own address */
    static AccessLog of(String kind, String server) {
        // The direct addresses: those of the connection itself, whatever a header or a filter claims.
        Struct line = Struct.newBuilder()
                .putFields(KIND, text(kind))
                .putFields(CLIENT, text("%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%"))
                .putFields(SERVER, text(server))
                .putFields(CHAIN, text("%FILTER_CHAIN_NAME%"))
                .putFields(URI_SANS, text("%DOWNSTREAM_PEER_URI_SAN%"))
                .putFields(TLS_VERSION, text("%DOWNSTREAM_TLS_VERSION%"))
                .putFields(UPSTREAM, text("%UPSTREAM_HOST%"))
                .putFields(UPSTREAM_BYTES, text("%UPSTREAM_WIRE_BYTES_SENT%"))
                .putFields(TLS_FAILURE, text("%DOWNSTREAM_TRANSPORT_FAILURE_REASON%"))
                .putFields(FLAGS, text("%RESPONSE_FLAGS%"))
                .putFields(DETAILS, text("%RESPONSE_CODE_DETAILS%"))
                .putFields(TERMINATION, text("%CONNECTION_TERMINATION_DETAILS%"))
                .putFields(HTTP_RBAC, text("%DYNAMIC_METADATA(envoy.filters.http.rbac)%"))
                .putFields(NETWORK_RBAC, text("%DYNAMIC_METADATA(envoy.filters.network.rbac)%"))
                .build();
        return AccessLog.newBuilder()
                .setName("envoy.access_loggers.stdout")
                .setTypedConfig(Any.pack(StdoutAccessLog.newBuilder()
                        .setLogFormat(SubstitutionFormatString.newBuilder().setJsonFormat(line))
                        .build()))
                .build();
    }

    private static Value text(String format) {
        return Value.newBuilder().setStringValue(format).build();
    }
}
