package dev.writ.compiler.envoy.config;

import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.ServerNameMatcher;
import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.util.JsonFormat;
import dev.writ.compiler.envoy.TcpProxyFields;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ServerNameInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourcePortInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.DnsSanInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.SubjectInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import io.envoyproxy.envoy.extensions.matching.input_matchers.ip.v3.Ip;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.rbac.principals.mtls_authenticated.v3.Config;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.List;

/** The types that may stand inside an {@code Any} and are read; all others are not modelled. */
final class KnownTypes {
    private static final List<Descriptor> TYPES = List.of(
            Action.getDescriptor(),
            FileAccessLog.getDescriptor(),
            StdoutAccessLog.getDescriptor(),
            Router.getDescriptor(),
            TlsInspector.getDescriptor(),
            HttpConnectionManager.getDescriptor(),
            TcpProxyFields.DESCRIPTOR,
            io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor(),
            io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.getDescriptor(),
            RBACPerRoute.getDescriptor(),
            FilterConfig.getDescriptor(),
            RouteConfiguration.getDescriptor(),
            Listener.getDescriptor(),
            Bootstrap.getDescriptor(),
            RawBuffer.getDescriptor(),
            Ip.getDescriptor(),
            IPMatcher.getDescriptor(),
            ServerNameMatcher.getDescriptor(),
            UriTemplateMatchConfig.getDescriptor(),
            Config.getDescriptor(),
            DestinationIPInput.getDescriptor(),
            SourceIPInput.getDescriptor(),
            SourcePortInput.getDescriptor(),
            DirectSourceIPInput.getDescriptor(),
            DestinationPortInput.getDescriptor(),
            ServerNameInput.getDescriptor(),
            DnsSanInput.getDescriptor(),
            SubjectInput.getDescriptor(),
            UriSanInput.getDescriptor(),
            HttpRequestHeaderMatchInput.getDescriptor(),
            DownstreamTlsContext.getDescriptor(),
            SPIFFECertValidatorConfig.getDescriptor(),
            Secret.getDescriptor(),
            HttpProtocolOptions.getDescriptor(),
            TypedStruct.getDescriptor());

    static final JsonFormat.TypeRegistry REGISTRY =
            JsonFormat.TypeRegistry.newBuilder().add(TYPES).build();

    private KnownTypes() {}

    static boolean isKnown(String typeUrl) {
        return REGISTRY.find(typeUrl.substring(typeUrl.lastIndexOf('/') + 1)) != null;
    }
}
