package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.writ.compiler.envoy.MessageTypes;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a proxy's config from JSON: an Envoy's {@code /config_dump}, or any tree that holds the messages under their names.
 *
 * <p>It looks for messages wherever they stand: what says {@code "@type": …Listener}, and what stands in a field or below a key
 * that is called so. Of two of one name the later state wins: one that is warming was sent after the active one, and one that
 * Envoy refused ({@code error_state}) does not count. Fields and extensions that these classes do not know are passed over.
 */
public final class ProxyConfigReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPES = "type.googleapis.com/";
    private static final JsonFormat.Parser PARSER =
            JsonFormat.parser().ignoringUnknownFields().usingTypeRegistry(MessageTypes.REGISTRY);

    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();

    private ProxyConfigReader() {}

    /** A text that is no JSON, or no config that could be read; the message says why. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }

        Unreadable(String message, Exception cause) {
            super(message, cause);
        }
    }

    public static ProxyConfig read(String text) throws Unreadable {
        ProxyConfigReader reader = new ProxyConfigReader();
        try {
            reader.walk("", JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new Unreadable("not JSON: " + e.getOriginalMessage(), e);
        } catch (InvalidProtocolBufferException e) {
            throw new Unreadable("not a config of Envoy: " + e.getMessage(), e);
        }
        return new ProxyConfig(
                List.copyOf(reader.listeners.values()),
                List.copyOf(reader.clusters.values()),
                List.copyOf(reader.secrets.values()));
    }

    /** Active state before warming: Envoy writes them so, and both orders come to the same where only one is there. */
    private void walk(String type, JsonNode node) throws InvalidProtocolBufferException {
        for (JsonNode item : node.isArray() ? node : JSON.createArrayNode()) {
            walk(type, item);
        }
        if (!node.isObject()) {
            return;
        }
        String declared = typeOf(node.path("@type").asText(type));
        if (!declared.isEmpty() && node.path("name").isTextual()) {
            add(declared, node);
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = field.getKey();
            // A listener that drains was replaced; one in error never came.
            if (!key.startsWith("error") && !key.endsWith("!error") && !key.startsWith("draining")) {
                String named = typeOf(key);
                walk(named.isEmpty() ? type : named, field.getValue());
            }
        }
    }

    private static String typeOf(String key) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        return switch (last) {
            case "Listener", "listener", "listeners" -> "Listener";
            case "Cluster", "cluster", "clusters" -> "Cluster";
            case "Secret", "secret", "secrets" -> "Secret";
            default -> "";
        };
    }

    private void add(String type, JsonNode node) throws InvalidProtocolBufferException {
        switch (type) {
            case "Listener" -> {
                Listener listener = merge(node, Listener.newBuilder()).build();
                listeners.put(listener.getName(), listener);
            }
            case "Cluster" -> {
                Cluster cluster = merge(node, Cluster.newBuilder()).build();
                clusters.put(cluster.getName(), cluster);
            }
            default -> {
                Secret secret = merge(node, Secret.newBuilder()).build();
                secrets.put(secret.getName(), secret);
            }
        }
    }

    private static <B extends Message.Builder> B merge(JsonNode node, B builder) throws InvalidProtocolBufferException {
        ObjectNode message = ((ObjectNode) node).deepCopy();
        message.remove("@type");
        PARSER.merge(prepared(message).toString(), builder);
        return builder;
    }

    /** Extensions of unknown types become {@link TypedStruct}: protobuf's reader gives up on a whole text for one of them. */
    private static JsonNode prepared(JsonNode node) {
        if (node.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            node.forEach(item -> items.add(prepared(item)));
            ArrayNode array = JSON.createArrayNode();
            return array.addAll(items);
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = JSON.createObjectNode();
        node.properties().forEach(field -> copy.set(field.getKey(), prepared(field.getValue())));
        String type = node.path("@type").asText();
        if (type.isEmpty() || MessageTypes.REGISTRY.find(type.substring(type.lastIndexOf('/') + 1)) != null) {
            return copy;
        }
        copy.remove("@type");
        ObjectNode wrapped = JSON.createObjectNode();
        wrapped.put("@type", TYPES + TypedStruct.getDescriptor().getFullName());
        wrapped.put("typeUrl", type);
        wrapped.set("value", copy);
        return wrapped;
    }
}
