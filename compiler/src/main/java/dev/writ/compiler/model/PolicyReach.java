package dev.writ.compiler.model;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SelectionSyntax;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.TargetRef.Dataplanes;
import dev.writ.compiler.syntax.TargetRef.OneWorkload;
import dev.writ.compiler.syntax.TargetRef.Selected;
import dev.writ.compiler.syntax.TargetRef.Service;
import dev.writ.compiler.syntax.TargetRef.Subset;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a policy of any kind applies to (Kuma's {@code DppSelectedByPolicy}).
 *
 * @param ownNamespaceOnly the namespace outside of which it never applies; null: everywhere
 * @param namespace of the policy itself, for a dataplane it names; null or empty where it is in none
 * @param zone of the policy itself, for a dataplane it names; empty for one of the global control plane, null: any
 */
record PolicyReach(
        TargetRef target,
        @Nullable String ownNamespaceOnly,
        @Nullable String namespace,
        @Nullable String zone) {
    /** Stands for a workload's name among the labels; no label is spelt so. */
    static final String SHORT_NAME = "(name)";

    /** Stands for the namespace of a dataplane that has no label for it, and likewise for the zone. */
    static final String NOWHERE = "(nowhere)";

    /** Before the name of an inbound's tag, which selects like a label. */
    private static final String TAG = "(tag) ";

    static PolicyReach of(Permission permission) {
        return new PolicyReach(
                permission.target(), permission.ownNamespaceOnly(), permission.namespace(), permission.zone());
    }

    /** The labels, and tags of one of its inbounds, that a dataplane must have for this to apply to it; null if none can have them. */
    @Nullable
    Map<String, String> required() {
        Map<String, String> labels = new TreeMap<>();
        boolean isPossible = true;
        switch (target) {
            case WholeMesh mesh -> {}
            case Subset subset -> addTags(labels, subset.tags());
            case Service service -> {
                addTags(labels, service.tags());
                isPossible =
                        add(labels, TAG + KumaLabels.SERVICE, service.name().value());
            }
            case Selected selected -> {
                SelectionSyntax selection = selected.selection();
                selection.labels().forEach((key, text) -> labels.put(key, text.value()));
                if (selection.namespace() != null) {
                    isPossible = add(
                            labels, KumaLabels.NAMESPACE, selection.namespace().value());
                }
                if (selection.workload() != null) {
                    labels.put(SHORT_NAME, selection.workload().value());
                }
            }
            case OneWorkload workload -> labels.put(SHORT_NAME, workload.name().value());
            case Dataplanes dataplanes -> {
                dataplanes.labels().forEach((key, text) -> labels.put(key, text.value()));
                Located<String> name = dataplanes.name();
                if (name != null) {
                    isPossible = add(labels, KumaLabels.DISPLAY_NAME, name.value());
                    // A name is the name of a dataplane in the policy's own namespace and zone.
                    Located<String> stated = dataplanes.namespace();
                    isPossible &= addPlace(labels, KumaLabels.NAMESPACE, stated == null ? namespace : stated.value());
                    isPossible &= zone == null || addPlace(labels, KumaLabels.ZONE, zone);
                }
            }
        }
        if (ownNamespaceOnly != null) {
            isPossible &= add(labels, KumaLabels.NAMESPACE, ownNamespaceOnly);
        }
        return isPossible ? labels : null;
    }

    /** Whether it is narrowed to some inbounds. */
    boolean isSectioned() {
        return switch (target) {
            case Dataplanes dataplanes -> dataplanes.sectionName() != null;
            case Selected selected -> !selected.ports().isEmpty();
            case WholeMesh mesh -> false;
            case Subset subset -> false;
            case Service service -> false;
            case OneWorkload workload -> false;
        };
    }

    /** Whether an inbound is among those it is narrowed to, if it is. */
    boolean includes(Inbound inbound) {
        return switch (target) {
            case Dataplanes dataplanes ->
                dataplanes.sectionName() == null
                        || inbound.isSection(dataplanes.sectionName().value());
            case Selected selected ->
                selected.ports().isEmpty()
                        || selected.ports().stream().anyMatch(port -> port.value() == inbound.port());
            case WholeMesh mesh -> true;
            case Subset subset -> true;
            case Service service -> true;
            case OneWorkload workload -> true;
        };
    }

    /** What an inbound offers to be selected by. */
    static Map<String, String> offered(Map<String, String> labels, String shortName, Inbound inbound) {
        Map<String, String> offered = new TreeMap<>(labels);
        offered.putIfAbsent(KumaLabels.NAMESPACE, NOWHERE);
        offered.putIfAbsent(KumaLabels.ZONE, NOWHERE);
        offered.put(SHORT_NAME, shortName);
        inbound.tags().forEach((key, value) -> {
            offered.put(TAG + key, value);
            offered.put(TAG + key + "=*", "");
        });
        return offered;
    }

    // Every value will do for an asterisk.
    private static void addTags(Map<String, String> labels, Map<String, SourceText> tags) {
        tags.forEach((key, text) -> {
            if (text.value().equals("*")) {
                labels.put(TAG + key + "=*", "");
            } else {
                labels.put(TAG + key, text.value());
            }
        });
    }

    private static boolean addPlace(Map<String, String> labels, String key, @Nullable String value) {
        return add(labels, key, value == null || value.isEmpty() ? NOWHERE : value);
    }

    private static boolean add(Map<String, String> labels, String key, String value) {
        String other = labels.putIfAbsent(key, value);
        return other == null || other.equals(value);
    }
}
