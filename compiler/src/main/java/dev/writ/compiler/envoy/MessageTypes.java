package dev.writ.compiler.envoy;

import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import io.envoyproxy.envoy.extensions.filters.http.grpc_stats.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ServerNameInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.List;

/** The messages that may stand inside an {@code Any} of what is written, and of what is compared with it. */
public final class MessageTypes {
    public static final JsonFormat.TypeRegistry REGISTRY = JsonFormat.TypeRegistry.newBuilder()
            .add(List.of(
                    Action.getDescriptor(),
                    DownstreamTlsContext.getDescriptor(),
                    HttpConnectionManager.getDescriptor(),
                    HttpProtocolOptions.getDescriptor(),
                    HttpRequestHeaderMatchInput.getDescriptor(),
                    Router.getDescriptor(),
                    SPIFFECertValidatorConfig.getDescriptor(),
                    Secret.getDescriptor(),
                    ServerNameInput.getDescriptor(),
                    TcpProxyFields.DESCRIPTOR,
                    TlsInspector.getDescriptor(),
                    UpstreamTlsContext.getDescriptor(),
                    UriSanInput.getDescriptor(),
                    io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.getDescriptor(),
                    io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor(),
                    FilterConfig.getDescriptor(),
                    TypedStruct.getDescriptor()))
            .build();

    private MessageTypes() {}
}
