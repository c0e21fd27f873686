package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump;
import io.envoyproxy.envoy.admin.v3.RoutesConfigDump;
import io.envoyproxy.envoy.admin.v3.SecretsConfigDump;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A {@code /config_dump} as the bytes of its message: the listeners, secrets and routes in it, wherever they are
 * ({@code envoy/admin/v3/config_dump.proto}). What Envoy refused, or is about to forget, is left out.
 */
final class BinaryDump {
    private static final List<Class<? extends Message>> PARTS =
            List.of(ListenersConfigDump.class, SecretsConfigDump.class, RoutesConfigDump.class);

    private final Decoding decoding;
    private final BiConsumer<Any, String> resources;

    /** @param resources gets each resource with its place, in the order of the dump */
    BinaryDump(Decoding decoding, BiConsumer<Any, String> resources) {
        this.decoding = decoding;
        this.resources = resources;
    }

    void read(ConfigDump dump, String place) {
        for (int i = 0; i < dump.getConfigsCount(); i++) {
            Any part = dump.getConfigs(i);
            String at = place + "configs[" + i + "]";
            Optional<Class<? extends Message>> type =
                    PARTS.stream().filter(part::is).findFirst();
            type.flatMap(known -> decoding.unpack(part, known, at)).ifPresent(message -> walk(message, at));
        }
    }

    private void walk(Message message, String place) {
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                return;
            }
            List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
            for (int i = 0; i < values.size(); i++) {
                Message inner = (Message) values.get(i);
                walk(field.getName(), inner, place + "." + field.getName() + (field.isRepeated() ? "[" + i + "]" : ""));
            }
        });
    }

    private void walk(String field, Message inner, String place) {
        switch (field) {
            case "listener", "secret", "route_config" -> {
                if (inner instanceof Any resource) {
                    resources.accept(resource, place);
                }
            }
            case "error_state", "draining_state" -> {}
            default -> walk(inner, place);
        }
    }
}
