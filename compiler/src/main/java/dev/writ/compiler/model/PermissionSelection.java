package dev.writ.compiler.model;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.OneWorkload;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says which permissions of a mesh apply to an inbound. Everything but {@code sectionName} comes down to labels of the
 * dataplane, its name and namespace among them (Kuma's {@code DppSelectedByPolicy}).
 *
 * <p>Inbounds to which the same permissions apply get the same list, not only an equal one.
 */
public final class PermissionSelection {
    /** Stands for a workload's name among the labels; no label is spelt so. */
    private static final String SHORT_NAME = "(name)";

    private final List<Permission> permissions;
    private final LabelIndex index;
    private final List<@Nullable String> sections = new ArrayList<>();
    private final BitSet impossible = new BitSet();
    private final BitSet sectioned = new BitSet();
    private final Map<BitSet, List<Permission>> selections = new HashMap<>();

    public PermissionSelection(Mesh mesh) {
        permissions = mesh.permissions();
        List<Map<String, String>> required = new ArrayList<>();
        for (int i = 0; i < permissions.size(); i++) {
            Map<String, String> labels = required(permissions.get(i));
            impossible.set(i, labels == null);
            required.add(labels == null ? Map.of() : labels);
            String section = section(permissions.get(i).target());
            sections.add(section);
            sectioned.set(i, section != null);
        }
        index = new LabelIndex(required);
    }

    /** The permissions that apply to this inbound, in merge order. */
    public List<Permission> select(Workload workload, Inbound inbound) {
        Map<String, String> labels = new TreeMap<>(workload.labels());
        labels.put(SHORT_NAME, workload.key().shortName());
        BitSet selected = index.matching(labels);
        selected.andNot(impossible);
        BitSet narrowed = (BitSet) selected.clone();
        narrowed.and(sectioned);
        elsewhere(narrowed, inbound).forEach(selected::clear);
        return selections.computeIfAbsent(selected, positions -> List.copyOf(LabelIndex.pick(permissions, positions)));
    }

    private IntStream elsewhere(BitSet narrowed, Inbound inbound) {
        return narrowed.stream().filter(i -> {
            String section = sections.get(i);
            return section != null && !inbound.isSection(section);
        });
    }

    private static @Nullable String section(TargetRef target) {
        return switch (target) {
            case WholeMesh mesh -> null;
            case OneWorkload workload -> null;
            case TargetRef.Subset subset -> null;
            case TargetRef.Service service -> null;
            case Dataplanes dataplanes -> {
                Located<String> section = dataplanes.sectionName();
                yield section == null ? null : section.value();
            }
        };
    }

    /** The labels that a dataplane must have for a permission to apply to it; null if none can have them. */
    static @Nullable Map<String, String> required(Permission permission) {
        Map<String, String> labels = new TreeMap<>();
        boolean isPossible = true;
        switch (permission.target()) {
            case WholeMesh mesh -> {}
            // By tags of inbounds, not by labels.
            case TargetRef.Subset subset -> isPossible = false;
            case TargetRef.Service service -> isPossible = false;
            case OneWorkload workload -> labels.put(SHORT_NAME, workload.name().value());
            case Dataplanes dataplanes -> {
                dataplanes.labels().forEach((key, text) -> labels.put(key, text.value()));
                if (dataplanes.name() != null) {
                    isPossible = add(
                            labels, KumaLabels.DISPLAY_NAME, dataplanes.name().value());
                    String namespace = dataplanes.namespace() == null
                            ? permission.namespace()
                            : dataplanes.namespace().value();
                    isPossible &= namespace == null || add(labels, KumaLabels.NAMESPACE, namespace);
                }
            }
        }
        if (permission.ownNamespaceOnly() != null) {
            isPossible &= add(labels, KumaLabels.NAMESPACE, permission.ownNamespaceOnly());
        }
        return isPossible ? labels : null;
    }

    private static boolean add(Map<String, String> labels, String key, String value) {
        String other = labels.putIfAbsent(key, value);
        return other == null || other.equals(value);
    }
}
