package dev.writ.compiler.envoy.config;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlNode.Entry;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.Optional;
import java.util.Set;

/**
 * Tells Envoy config from other documents that do not say their kind. A field that nothing else is likely to have is enough;
 * otherwise all fields must be those of one kind of config, with values of their shape ({@code resources} and {@code node} stand in
 * the values of charts too).
 */
public final class ConfigForm {
    private static final Set<String> TELLING = Set.of(
            "static_resources",
            "staticResources",
            "dynamic_resources",
            "dynamicResources",
            "filter_chains",
            "filterChains",
            "default_filter_chain",
            "defaultFilterChain",
            "typed_config",
            "typedConfig",
            "http_filters",
            "httpFilters",
            "matcher_list",
            "matcherList",
            "matcher_tree",
            "matcherTree",
            "shadow_rules",
            "shadowRules",
            "shadow_matcher",
            "shadowMatcher");
    private static final Set<String> RECORDED = Set.of("listeners", "clusters", "secrets", "endpoints", "routes");

    private ConfigForm() {}

    /** Whether it is worth looking at each document of a text that seems to hold something else. */
    public static boolean mayHoldEnvoyConfig(String text) {
        return text.contains("@type") || TELLING.stream().anyMatch(text::contains);
    }

    public static boolean isEnvoyConfig(YamlNode document) {
        if (!(document instanceof Mapping mapping) || has(mapping, "kind") || has(mapping, "apiVersion")) {
            return false;
        }
        if (type(mapping).isPresent()) {
            return type(mapping).flatMap(ConfigKind::ofType).isPresent();
        }
        if (isRecording(mapping)) {
            return mapping.entries().stream()
                    .allMatch(entry -> RECORDED.contains(entry.key().value()) && !(entry.value() instanceof Scalar));
        }
        return mapping.entries().stream()
                        .anyMatch(entry -> TELLING.contains(entry.key().value()))
                || ConfigKind.of(mapping).filter(kind -> fits(mapping, kind)).isPresent();
    }

    /** {@code {"listeners": {NAME: …}, "secrets": {NAME: …}}}, or the same as lists. */
    static boolean isRecording(Mapping mapping) {
        return mapping.entries().stream()
                .anyMatch(entry -> entry.key().value().equals("listeners") && !(entry.value() instanceof Scalar));
    }

    private static boolean fits(Mapping mapping, ConfigKind kind) {
        return mapping.entries().stream().allMatch(entry -> fits(entry, kind));
    }

    private static boolean fits(Entry entry, ConfigKind kind) {
        String name = entry.key().value();
        return kind.prototype().getDescriptorForType().getFields().stream()
                .filter(field ->
                        field.getName().equals(name) || field.getJsonName().equals(name))
                .anyMatch(field -> hasShape(entry.value(), field));
    }

    private static boolean hasShape(YamlNode value, FieldDescriptor field) {
        return switch (value) {
            case Mapping mapping -> field.isMapField() || !field.isRepeated() && isMessage(field);
            case Sequence sequence -> field.isRepeated() && !field.isMapField();
            // Durations and wrapped numbers are messages that are written as scalars.
            case Scalar scalar ->
                !field.isRepeated()
                        && (!isMessage(field)
                                || field.getMessageType().getFullName().startsWith("google.protobuf."));
        };
    }

    private static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    private static boolean has(Mapping mapping, String name) {
        return mapping.entries().stream().anyMatch(entry -> entry.key().value().equals(name));
    }

    static Optional<String> type(Mapping mapping) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().value().equals("@type") && entry.value() instanceof Scalar)
                .map(entry -> ((Scalar) entry.value()).value())
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .findFirst();
    }
}
