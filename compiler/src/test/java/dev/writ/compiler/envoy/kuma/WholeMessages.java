package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import dev.writ.compiler.envoy.MessageText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whole messages as trees, without what other policies or a control plane's settings put into them. */
final class WholeMessages {
    private static final Set<String> NOT_MODELLED = Set.of(
            "bindToPort",
            "circuitBreakers",
            "commonHttpProtocolOptions",
            "connectTimeout",
            "enableReusePort",
            "idleTimeout",
            "internalAddressConfig",
            "requestHeadersTimeout",
            "streamIdleTimeout",
            "timeout");

    private WholeMessages() {}

    static JsonNode tree(Message message) {
        JsonNode tree = MessageText.tree(message);
        prune(tree, NOT_MODELLED);
        return tree;
    }

    static JsonNode treeWithout(Message message, String... fields) {
        JsonNode tree = tree(message);
        prune(tree, Set.of(fields));
        return tree;
    }

    private static void prune(JsonNode node, Set<String> fields) {
        node.forEach(child -> prune(child, fields));
        if (node instanceof ObjectNode object) {
            object.remove(fields);
        }
    }

    static void assertSame(String what, JsonNode predicted, JsonNode recorded) {
        TreeDifference.find(predicted, recorded).ifPresent(difference -> {
            throw new AssertionError(what + ": " + difference);
        });
    }

    /** The same listener without RBAC, which another policy's plugin adds. */
    static void removeRbac(JsonNode listener) {
        for (JsonNode chain : listener.path("filterChains")) {
            removeRbacFilters((ObjectNode) chain, "filters");
            for (JsonNode filter : chain.path("filters")) {
                if (filter.path("typedConfig").has("httpFilters")) {
                    removeRbacFilters((ObjectNode) filter.path("typedConfig"), "httpFilters");
                }
            }
        }
    }

    private static void removeRbacFilters(ObjectNode owner, String field) {
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode filter : owner.path(field)) {
            if (!filter.path("name").asText().endsWith(".rbac")) {
                kept.add(filter);
            }
        }
        owner.putArray(field).addAll(kept);
    }
}
