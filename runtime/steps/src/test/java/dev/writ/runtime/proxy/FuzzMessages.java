package dev.writ.runtime.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.ServerNameMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ApplicationProtocolInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DynamicMetadataInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.FilterStateInput;
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
import io.envoyproxy.envoy.extensions.string_matcher.lua.v3.Lua;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Envoy's messages as trees, what is packed in them included: read, printed, and edited at one node. */
final class FuzzMessages {
    private static final JsonFormat.TypeRegistry TYPES = JsonFormat.TypeRegistry.newBuilder()
            .add(List.of(
                    Action.getDescriptor(),
                    Config.getDescriptor(),
                    DestinationIPInput.getDescriptor(),
                    DestinationPortInput.getDescriptor(),
                    DirectSourceIPInput.getDescriptor(),
                    DnsSanInput.getDescriptor(),
                    DownstreamTlsContext.getDescriptor(),
                    DynamicMetadataInput.getDescriptor(),
                    FilterConfig.getDescriptor(),
                    FilterStateInput.getDescriptor(),
                    HttpConnectionManager.getDescriptor(),
                    HttpRequestHeaderMatchInput.getDescriptor(),
                    IPMatcher.getDescriptor(),
                    Ip.getDescriptor(),
                    Lua.getDescriptor(),
                    RBACPerRoute.getDescriptor(),
                    Router.getDescriptor(),
                    SPIFFECertValidatorConfig.getDescriptor(),
                    ServerNameInput.getDescriptor(),
                    SourceTypeInput.getDescriptor(),
                    TransportProtocolInput.getDescriptor(),
                    ApplicationProtocolInput.getDescriptor(),
                    StringValue.getDescriptor(),
                    HttpInspector.getDescriptor(),
                    OriginalDst.getDescriptor(),
                    ProxyProtocol.getDescriptor(),
                    ServerNameMatcher.getDescriptor(),
                    SourceIPInput.getDescriptor(),
                    SourcePortInput.getDescriptor(),
                    SubjectInput.getDescriptor(),
                    TcpProxy.getDescriptor(),
                    TlsInspector.getDescriptor(),
                    UriSanInput.getDescriptor(),
                    UriTemplateMatchConfig.getDescriptor(),
                    io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.getDescriptor(),
                    io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor()))
            .build();

    private static final ObjectMapper JSON = new ObjectMapper();

    private FuzzMessages() {}

    static Listener listener(Map<String, Object> tree) {
        try {
            Listener.Builder listener = Listener.newBuilder();
            JsonFormat.parser().usingTypeRegistry(TYPES).merge(JSON.writeValueAsString(tree), listener);
            return listener.build();
        } catch (JsonProcessingException | InvalidProtocolBufferException e) {
            throw new IllegalStateException("the generator wrote what is no config: " + tree, e);
        }
    }

    /** As JSON, in which unknown fields do not show. */
    static String print(Message message) {
        try {
            return JsonFormat.printer()
                    .usingTypeRegistry(TYPES)
                    .preservingProtoFieldNames()
                    .print(message);
        } catch (InvalidProtocolBufferException e) {
            return message.toString();
        }
    }

    /** A message packed in an {@link Any}, of whatever type. */
    static Message unpacked(Any any) {
        String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        Descriptor descriptor = TYPES.find(type);
        try {
            return descriptor == null ? any : DynamicMessage.parseFrom(descriptor, any.getValue());
        } catch (InvalidProtocolBufferException e) {
            return any;
        }
    }

    /** All messages that come of editing one node of the tree, nodes near the root first. */
    static Stream<Message> edited(Message node, Function<Message, Stream<Message>> edit) {
        if (node.getDescriptorForType().getFullName().equals("google.protobuf.Any")) {
            return editedInside(node, edit);
        }
        return Stream.concat(
                edit.apply(node),
                node.getAllFields().entrySet().stream()
                        .filter(field -> field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                        .flatMap(field -> editedIn(node, field.getKey(), field.getValue(), edit)));
    }

    private static Stream<Message> editedInside(Message any, Function<Message, Stream<Message>> edit) {
        try {
            Any packed = Any.parseFrom(any.toByteString());
            Message inside = unpacked(packed);
            return inside instanceof Any
                    ? Stream.empty()
                    : edited(inside, edit)
                            .map(message -> packed.toBuilder()
                                    .setValue(message.toByteString())
                                    .build());
        } catch (InvalidProtocolBufferException e) {
            return Stream.empty();
        }
    }

    private static Stream<Message> editedIn(
            Message node, FieldDescriptor field, Object value, Function<Message, Stream<Message>> edit) {
        if (!field.isRepeated()) {
            return edited((Message) value, edit).map(message -> with(node, field, message));
        }
        List<?> members = (List<?>) value;
        return Stream.iterate(0, i -> i + 1)
                .limit(members.size())
                .flatMap(i -> edited((Message) members.get(i), edit).map(message -> {
                    List<Object> edited = new ArrayList<>(members);
                    edited.set(i, same(message, (Message) members.get(i)));
                    return node.toBuilder().setField(field, edited).build();
                }));
    }

    static Message with(Message node, FieldDescriptor field, Message value) {
        return node.toBuilder()
                .setField(field, same(value, (Message) node.getField(field)))
                .build();
    }

    /** In the class of the other, for one message may come as two. */
    private static Message same(Message message, Message other) {
        try {
            return message.getClass() == other.getClass()
                    ? message
                    : other.toBuilder()
                            .clear()
                            .mergeFrom(message.toByteString())
                            .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
