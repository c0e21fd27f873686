package dev.writ.compiler.envoy.config;

import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.ServerNameMatcher;
import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
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
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.original_src.v3.OriginalSrc;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ApplicationProtocolInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ServerNameInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourcePortInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceTypeInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.TransportProtocolInput;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types that may stand inside an {@code Any} and are read; all others are not modelled. */
final class KnownTypes {
    private static final List<Message> TYPES = List.of(
            Action.getDefaultInstance(),
            FileAccessLog.getDefaultInstance(),
            StdoutAccessLog.getDefaultInstance(),
            Router.getDefaultInstance(),
            TlsInspector.getDefaultInstance(),
            HttpInspector.getDefaultInstance(),
            OriginalDst.getDefaultInstance(),
            OriginalSrc.getDefaultInstance(),
            ProxyProtocol.getDefaultInstance(),
            StringValue.getDefaultInstance(),
            SourceTypeInput.getDefaultInstance(),
            TransportProtocolInput.getDefaultInstance(),
            ApplicationProtocolInput.getDefaultInstance(),
            HttpConnectionManager.getDefaultInstance(),
            DynamicMessage.getDefaultInstance(TcpProxyFields.DESCRIPTOR),
            io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDefaultInstance(),
            io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.getDefaultInstance(),
            RBACPerRoute.getDefaultInstance(),
            FilterConfig.getDefaultInstance(),
            RouteConfiguration.getDefaultInstance(),
            Listener.getDefaultInstance(),
            Bootstrap.getDefaultInstance(),
            RawBuffer.getDefaultInstance(),
            Ip.getDefaultInstance(),
            IPMatcher.getDefaultInstance(),
            ServerNameMatcher.getDefaultInstance(),
            UriTemplateMatchConfig.getDefaultInstance(),
            Config.getDefaultInstance(),
            DestinationIPInput.getDefaultInstance(),
            SourceIPInput.getDefaultInstance(),
            SourcePortInput.getDefaultInstance(),
            DirectSourceIPInput.getDefaultInstance(),
            DestinationPortInput.getDefaultInstance(),
            ServerNameInput.getDefaultInstance(),
            DnsSanInput.getDefaultInstance(),
            SubjectInput.getDefaultInstance(),
            UriSanInput.getDefaultInstance(),
            HttpRequestHeaderMatchInput.getDefaultInstance(),
            DownstreamTlsContext.getDefaultInstance(),
            SPIFFECertValidatorConfig.getDefaultInstance(),
            Secret.getDefaultInstance(),
            HttpProtocolOptions.getDefaultInstance(),
            TypedStruct.getDefaultInstance());

    static final JsonFormat.TypeRegistry REGISTRY = JsonFormat.TypeRegistry.newBuilder()
            .add(TYPES.stream().map(Message::getDescriptorForType).toList())
            .build();

    private static final Map<String, Message> BY_NAME = TYPES.stream()
            .collect(Collectors.toMap(type -> type.getDescriptorForType().getFullName(), type -> type));

    private KnownTypes() {}

    /** An empty message of this type. */
    static Optional<Message> prototype(String fullName) {
        return Optional.ofNullable(BY_NAME.get(fullName));
    }

    static boolean isKnown(String typeUrl) {
        return REGISTRY.find(typeUrl.substring(typeUrl.lastIndexOf('/') + 1)) != null;
    }
}
