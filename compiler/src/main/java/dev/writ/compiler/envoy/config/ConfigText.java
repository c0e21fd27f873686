package dev.writ.compiler.envoy.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML or JSON text into a message; a field that the message does not have is refused. */
final class ConfigText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANY_PREFIX = "type.googleapis.com/";

    private final Decoding decoding;

    ConfigText(Decoding decoding) {
        this.decoding = decoding;
    }

    void merge(String text, Message.Builder builder, String place) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
            if (!(root instanceof Map)) {
                decoding.refuse(place, "not a mapping");
                return;
            }
            JsonFormat.parser()
                    .usingTypeRegistry(KnownTypes.REGISTRY)
                    .merge(JSON.writeValueAsString(prepared(root)), builder);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1))
                    .orElse("");
            decoding.refuse(place, "not well-formed: " + e.getProblem() + line);
        } catch (YamlEngineException e) {
            decoding.refuse(place, "not well-formed: " + firstLine(e));
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            decoding.refuse(place, firstLine(e));
        }
    }

    /**
     * The same tree, with extensions of types that this class does not know wrapped as {@link TypedStruct}: protobuf's
     * JSON reader gives up on a whole text because of one of them.
     */
    private static @Nullable Object prepared(@Nullable Object node) {
        if (node instanceof List<?> list) {
            return list.stream().map(ConfigText::prepared).toList();
        }
        if (!(node instanceof Map<?, ?> map)) {
            return node;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), prepared(value)));
        if (!(map.get("@type") instanceof String type) || KnownTypes.isKnown(type)) {
            return copy;
        }
        copy.remove("@type");
        Map<String, @Nullable Object> wrapped = new LinkedHashMap<>();
        wrapped.put("@type", ANY_PREFIX + TypedStruct.getDescriptor().getFullName());
        wrapped.put("type_url", type);
        wrapped.put("value", copy);
        return wrapped;
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
