package dev.writ.compiler.envoy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Writes a message in the one form that says the same things in the same bytes on every machine: protobuf JSON names, sorted
 * keys, a line for each fact, LF. {@code action: ALLOW}, which protobuf JSON leaves out as its default, is written.
 */
public final class MessageText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .usingTypeRegistry(MessageTypes.REGISTRY)
            .includingDefaultValueFields(Set.of(Action.getDescriptor().findFieldByNumber(Action.ACTION_FIELD_NUMBER)))
            .omittingInsignificantWhitespace();

    private MessageText() {}

    /** The message as a file of this format. */
    public static byte[] bytes(Message message, SnapshotFormat format) {
        return switch (format) {
            case YAML -> new YamlText().render(tree(message)).getBytes(StandardCharsets.UTF_8);
            case JSON -> new JsonText().render(tree(message)).getBytes(StandardCharsets.UTF_8);
            case BINARY -> binary(message);
        };
    }

    /** Protobuf writes maps in the order of their hashes unless told otherwise. */
    private static byte[] binary(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** The message in protobuf's JSON form. */
    public static JsonNode tree(Message message) {
        try {
            return JSON.readTree(PRINTER.print(message));
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            throw new IllegalStateException("an emitted message that cannot be written", e);
        }
    }
}
