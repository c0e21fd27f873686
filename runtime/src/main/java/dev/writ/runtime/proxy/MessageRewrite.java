package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Edits messages anywhere in a config, in the typed configs it packs too; all else stays as it is, byte for byte. */
final class MessageRewrite {
    /** The packed types that hold what is edited; any other is passed through unopened. */
    private static final List<Message> OPENED = List.of(
            HttpConnectionManager.getDefaultInstance(),
            TcpProxy.getDefaultInstance(),
            DownstreamTlsContext.getDefaultInstance(),
            SPIFFECertValidatorConfig.getDefaultInstance());

    private static final Map<String, Message> BY_URL = new HashMap<>();

    static {
        for (Message type : OPENED) {
            BY_URL.put("type.googleapis.com/" + type.getDescriptorForType().getFullName(), type);
        }
    }

    private final UnaryOperator<Message> edit;

    /** @param edit gets every message after its parts, and gives one of the same type */
    MessageRewrite(UnaryOperator<Message> edit) {
        this.edit = edit;
    }

    @SuppressWarnings("unchecked") // A message's own builder builds a message of its type.
    <M extends Message> M apply(M message) {
        if (message instanceof Any any) {
            return (M) applyPacked(any);
        }
        Message.Builder builder = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getValue() instanceof List<?> values) {
                List<Object> edited = new ArrayList<>();
                values.forEach(value -> edited.add(applyTo(value)));
                builder.setField(field.getKey(), edited);
            } else {
                builder.setField(field.getKey(), applyTo(field.getValue()));
            }
        }
        return (M) edit.apply(builder.build());
    }

    private Object applyTo(Object value) {
        return value instanceof Message message ? apply(message) : value;
    }

    private Any applyPacked(Any any) {
        Message type = BY_URL.get(any.getTypeUrl());
        if (type == null) {
            return any;
        }
        try {
            Message content = type.newBuilderForType().mergeFrom(any.getValue()).build();
            return any.toBuilder().setValue(apply(content).toByteString()).build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a config that does not hold the message it names", e);
        }
    }
}
