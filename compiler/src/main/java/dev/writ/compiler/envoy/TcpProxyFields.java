package dev.writ.compiler.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;

/**
 * The message {@code TcpProxy} with two fields that Envoy 1.38 and later have and the Java classes (of Envoy 1.34) have not:
 * {@code upstream_connect_mode} and {@code max_early_data_bytes}, with the numbers of Envoy's {@code tcp_proxy.proto}.
 */
public final class TcpProxyFields {
    private static final int UPSTREAM_CONNECT_MODE = 21;
    private static final int MAX_EARLY_DATA_BYTES = 22;
    private static final int ON_DOWNSTREAM_DATA = 1;

    /** Reads and writes all fields of a TCP proxy that this compiler emits. */
    public static final Descriptor DESCRIPTOR = descriptor();

    private TcpProxyFields() {}

    /**
     * The same proxy, that connects to the application only when the caller's first bytes have passed the filters before it.
     * By itself it connects at once, and passes on what the application says, before RBAC, which decides at the caller's first
     * byte, has decided. Connecting after the TLS handshake does the same (tried with Envoy 1.40): network RBAC still waits for a
     * byte.
     */
    static DynamicMessage connectingOnData(TcpProxy proxy, int maxEarlyDataBytes) {
        EnumDescriptor mode = DESCRIPTOR.getFile().findEnumTypeByName("UpstreamConnectMode");
        FieldDescriptor early = DESCRIPTOR.findFieldByNumber(MAX_EARLY_DATA_BYTES);
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(DESCRIPTOR);
        try {
            builder.mergeFrom(proxy.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message that was just built", e);
        }
        return builder.setField(
                        DESCRIPTOR.findFieldByNumber(UPSTREAM_CONNECT_MODE), mode.findValueByNumber(ON_DOWNSTREAM_DATA))
                .setField(early, UInt32Value.of(maxEarlyDataBytes))
                .build();
    }

    /** Reads a TCP proxy with these fields. */
    public static Message parse(Any proxy) throws InvalidProtocolBufferException {
        return DynamicMessage.parseFrom(DESCRIPTOR, proxy.getValue());
    }

    /** Whether such a proxy connects to the application only when the caller's first bytes have passed. */
    public static boolean connectsOnData(Message proxy) {
        Object mode = proxy.getField(DESCRIPTOR.findFieldByNumber(UPSTREAM_CONNECT_MODE));
        return mode instanceof EnumValueDescriptor value && value.getNumber() == ON_DOWNSTREAM_DATA;
    }

    private static Descriptor descriptor() {
        FileDescriptor known = TcpProxy.getDescriptor().getFile();
        FileDescriptorProto.Builder file = known.toProto().toBuilder();
        EnumDescriptorProto.Builder mode = EnumDescriptorProto.newBuilder().setName("UpstreamConnectMode");
        String[] modes = {"IMMEDIATE", "ON_DOWNSTREAM_DATA", "ON_DOWNSTREAM_TLS_HANDSHAKE"};
        for (int i = 0; i < modes.length; i++) {
            mode.addValue(
                    EnumValueDescriptorProto.newBuilder().setName(modes[i]).setNumber(i));
        }
        DescriptorProto.Builder message = file.addEnumType(mode)
                .getMessageTypeBuilder(TcpProxy.getDescriptor().getIndex());
        message.addField(FieldDescriptorProto.newBuilder()
                .setName("upstream_connect_mode")
                .setJsonName("upstreamConnectMode")
                .setNumber(UPSTREAM_CONNECT_MODE)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .setType(FieldDescriptorProto.Type.TYPE_ENUM)
                .setTypeName("." + known.getPackage() + ".UpstreamConnectMode"));
        message.addField(FieldDescriptorProto.newBuilder()
                .setName("max_early_data_bytes")
                .setJsonName("maxEarlyDataBytes")
                .setNumber(MAX_EARLY_DATA_BYTES)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName("." + UInt32Value.getDescriptor().getFullName()));
        try {
            FileDescriptor[] dependencies = known.getDependencies().toArray(new FileDescriptor[0]);
            return FileDescriptor.buildFrom(file.build(), dependencies)
                    .findMessageTypeByName(TcpProxy.getDescriptor().getName());
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("the fields do not fit Envoy's TcpProxy", e);
        }
    }
}
