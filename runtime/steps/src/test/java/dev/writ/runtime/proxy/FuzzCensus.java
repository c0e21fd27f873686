package dev.writ.runtime.proxy;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How many pairs had which kind of matcher in their config. */
final class FuzzCensus {
    private static final Set<String> COUNTED = Set.of(
            "Policy",
            "Permission",
            "Principal",
            "HeaderMatcher",
            "StringMatcher",
            "Predicate",
            "SinglePredicate",
            "Matcher",
            "MatcherTree",
            "RBAC",
            "OnMatch",
            "HttpConnectionManager",
            "CertificateValidationContext",
            "FilterChainMatch",
            "Listener",
            "ListenerFilter");

    private final Map<String, Integer> pairs = new TreeMap<>();

    /** Kinds that only a running Envoy can answer. */
    private static final Set<String> OPEN = Set.of(
            "Policy.condition",
            "Permission.metadata",
            "Permission.sourced_metadata",
            "Principal.metadata",
            "Principal.filter_state",
            "StringMatcher.custom",
            "typed DynamicMetadataInput",
            "typed FilterStateInput");

    void add(Message config) {
        kinds(config).forEach(kind -> pairs.merge(kind, 1, Integer::sum));
    }

    /** Whether something in a config cannot be judged offline. */
    static boolean isOpen(Message config) {
        return kinds(config).stream().anyMatch(OPEN::contains);
    }

    /** Whether one HTTP RBAC filter follows another. */
    static boolean hasTwoRbacs(Message config) {
        return kinds(config).contains("second RBAC");
    }

    private static Set<String> kinds(Message config) {
        Set<String> kinds = new TreeSet<>();
        collect(config, kinds);
        return kinds;
    }

    Map<String, Integer> pairs() {
        return pairs;
    }

    private static void collect(Message message, Set<String> kinds) {
        if (message.getDescriptorForType().getFullName().equals("google.protobuf.Any")) {
            collectPacked(message, kinds);
            return;
        }
        String type = message.getDescriptorForType().getName();
        message.getAllFields().forEach((field, value) -> {
            if (type.equals("HttpFilter") && value.equals(FuzzChains.SECOND_RBAC)) {
                kinds.add("second RBAC");
            }
            if (COUNTED.contains(type)) {
                kinds.add(type + "." + field.getName() + value(field, value));
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                (field.isRepeated() ? (List<?>) value : List.of(value))
                        .forEach(member -> collect((Message) member, kinds));
            }
        });
    }

    private static String value(FieldDescriptor field, Object value) {
        return field.getJavaType() == FieldDescriptor.JavaType.ENUM ? "=" + value : "";
    }

    private static void collectPacked(Message any, Set<String> kinds) {
        try {
            Message inside = FuzzMessages.unpacked(Any.parseFrom(any.toByteString()));
            if (!(inside instanceof Any)) {
                String name = inside.getDescriptorForType().getName();
                if (name.endsWith("Input")
                        || name.equals("Ip")
                        || name.equals("IPMatcher")
                        || name.equals("ServerNameMatcher")
                        || name.equals("TlsInspector")
                        || name.equals("HttpInspector")
                        || name.equals("OriginalDst")
                        || name.equals("ProxyProtocol")
                        || name.equals("Action")) {
                    kinds.add("typed " + name);
                }
                collect(inside, kinds);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
