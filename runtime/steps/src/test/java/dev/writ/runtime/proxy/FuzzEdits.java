package dev.writ.runtime.proxy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Edits of one node: those that make a config smaller, and those that may make it one that Envoy refuses. */
final class FuzzEdits {
    private static final Set<String> DECIDING = Set.of(
            "envoy.extensions.filters.http.rbac.v3.RBAC",
            "envoy.extensions.filters.network.rbac.v3.RBAC",
            "envoy.extensions.filters.http.rbac.v3.RBACPerRoute");
    /** A custom string matcher, which Writ does not look into: it does not see what Envoy refuses of it. */
    private static final Set<String> CLOSED =
            Set.of("envoy.extensions.string_matcher.lua.v3.Lua", "envoy.config.core.v3.DataSource");

    private static final int NO_FIELD = 4_000;
    /** Newer than our messages; RBAC refuses it. */
    private static final int KEEP_MATCHING = 3;
    /** Without their {@code on_match} Envoy 1.40.0 does not refuse the config, it crashes. */
    private static final Set<String> CRASHING = Set.of(
            "xds.type.matcher.v3.IPMatcher.IPRangeMatcher", "xds.type.matcher.v3.ServerNameMatcher.DomainMatcher");

    /** What a listener can do without. */
    private static final Set<String> OF_FRAME = Set.of(
            "filter_chains",
            "filters",
            "transport_socket",
            "filter_chain_match",
            "filter_chain_matcher",
            "filter_disabled",
            "default_filter_chain",
            "listener_filters");

    private FuzzEdits() {}

    /** Without one field or member, or with a part in the place of the whole. */
    static Stream<Message> smaller(Message node) {
        List<Message> smaller = new ArrayList<>();
        node.getAllFields().forEach((field, value) -> {
            if (isFrame(node) && !OF_FRAME.contains(field.getName())) {
                return;
            }
            if (!field.isRepeated()) {
                if (!isCrash(node, field)) {
                    smaller.add(node.toBuilder().clearField(field).build());
                }
                return;
            }
            List<?> members = (List<?>) value;
            if (members.size() > 1) {
                smaller.add(node.toBuilder()
                        .setField(field, members.subList(0, members.size() / 2))
                        .build());
            }
            for (int i = 0; i < members.size(); i++) {
                List<Object> without = new ArrayList<>(members);
                without.remove(i);
                smaller.add(node.toBuilder().setField(field, without).build());
            }
        });
        if (!node.getUnknownFields().asMap().isEmpty()) {
            smaller.add(node.toBuilder()
                    .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                    .build());
        }
        parts(node, node.getDescriptorForType().getFullName(), 3, smaller);
        return smaller.stream();
    }

    /** A fault in the listener itself makes Envoy refuse all listeners at once. */
    private static boolean isFrame(Message node) {
        String type = node.getDescriptorForType().getFullName();
        return type.startsWith("envoy.config.listener.") || type.startsWith("envoy.config.core.");
    }

    private static boolean isCrash(Message node, FieldDescriptor field) {
        return field.getName().equals("on_match")
                && CRASHING.contains(node.getDescriptorForType().getFullName());
    }

    private static void parts(Message node, String type, int depth, List<Message> parts) {
        node.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || depth == 0) {
                return;
            }
            for (Object member : field.isRepeated() ? (List<?>) value : List.of(value)) {
                Message part = (Message) member;
                if (part.getDescriptorForType().getFullName().equals(type)) {
                    parts.add(part);
                } else {
                    parts(part, type, depth - 1, parts);
                }
            }
        });
    }

    /** RBAC filters broken in one place: a field taken away, emptied, out of its bounds, or one that does not exist. */
    static Stream<Message> spoilt(Message node) {
        return DECIDING.contains(node.getDescriptorForType().getFullName())
                ? FuzzMessages.edited(node, FuzzEdits::broken)
                : Stream.empty();
    }

    private static Stream<Message> broken(Message node) {
        if (CLOSED.contains(node.getDescriptorForType().getFullName())) {
            return Stream.empty();
        }
        List<Message> broken = new ArrayList<>();
        node.getAllFields().forEach((field, value) -> {
            if (!isCrash(node, field)) {
                broken.add(node.toBuilder().clearField(field).build());
            }
            if (field.isRepeated()) {
                return;
            }
            switch (field.getJavaType()) {
                case STRING -> {
                    broken.add(node.toBuilder().setField(field, "").build());
                    broken.add(node.toBuilder().setField(field, "[").build());
                }
                case INT -> broken.add(node.toBuilder().setField(field, 70_000).build());
                case LONG, FLOAT, DOUBLE, BOOLEAN, BYTE_STRING, MESSAGE -> {}
                case ENUM -> {
                    // Envoy 1.40.0 takes a number that names no action for DENY; we refuse what no version knows.
                    if (!node.getDescriptorForType().getName().equals("Action")) {
                        broken.add(node.toBuilder()
                                .setField(field, field.getEnumType().findValueByNumberCreatingIfUnknown(77))
                                .build());
                    }
                }
            }
        });
        if (!node.getDescriptorForType().getName().endsWith("Input")) {
            // Envoy 1.40.0 never looks into an input that has no fields; we refuse what no version knows.
            broken.add(withField(node, NO_FIELD));
        }
        if (node.getDescriptorForType().getName().equals("OnMatch")) {
            broken.add(withField(node, KEEP_MATCHING));
        }
        return broken.stream();
    }

    private static Message withField(Message node, int number) {
        UnknownFieldSet.Field one =
                UnknownFieldSet.Field.newBuilder().addVarint(1).build();
        return node.toBuilder()
                .setUnknownFields(
                        UnknownFieldSet.newBuilder().addField(number, one).build())
                .build();
    }
}
