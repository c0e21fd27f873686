package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Metadata.Owner;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Joins a controller, its ReplicaSets or Jobs, its Pods and their Dataplanes into one workload that is named like the
 * controller at the top.
 *
 * <p>Only the owners of Kubernetes' own controllers are followed, and none above a Deployment, StatefulSet, DaemonSet or
 * CronJob: what an operator owns are workloads of their own. Where an owner is not in the sources its name still joins; a
 * Deployment's name is read off its ReplicaSet's or Pod's only where the label {@code pod-template-hash} proves it.
 */
final class OwnerJoin {
    private static final Map<String, List<String>> OWNERS = Map.of(
            "Dataplane", List.of("Pod"),
            "Pod", List.of("ReplicaSet", "Job", "StatefulSet", "DaemonSet", "ReplicationController"),
            "ReplicaSet", List.of("Deployment", "Rollout"),
            "Job", List.of("CronJob"));

    private static final String HASH = "pod-template-hash";
    private static final Pattern GENERATED = Pattern.compile("(.+)-[a-z0-9]{5}");
    private static final Pattern ORDINAL = Pattern.compile("(.+)-[0-9]+");

    /** Names an object, whether the sources have it or not. */
    private record Reference(String namespace, String name, String kind) {}

    private static final Comparator<Reference> ORDER = Comparator.comparing(Reference::namespace)
            .thenComparing(Reference::name)
            .thenComparing(Reference::kind);

    private final Map<Reference, Metadata> known = new HashMap<>();
    private final DiagnosticSink diagnostics;

    private OwnerJoin(Sources sources, DiagnosticSink diagnostics) {
        this.diagnostics = diagnostics;
        sources.podOwners.forEach(
                placed -> known.put(reference(placed.resource().kind(), placed), placed.metadata()));
    }

    /** The workloads by namespace, name and kind. */
    static List<WorkloadGroup> join(Sources sources, DiagnosticSink diagnostics) {
        OwnerJoin join = new OwnerJoin(sources, diagnostics);
        Map<Reference, Members> groups = new TreeMap<>(ORDER);
        for (Placed<PodOwnerResource> placed : sources.podOwners) {
            Reference top = join.top(placed.resource().kind(), placed);
            if (top != null) {
                groups.computeIfAbsent(top, none -> new Members()).add(placed);
            }
        }
        List<WorkloadGroup> joined = new ArrayList<>();
        for (Placed<DataplaneResource> placed : sources.dataplanes) {
            if (placed.isUniversal() || placed.metadata().form() == Metadata.Form.WRIT) {
                joined.add(alone(placed));
                continue;
            }
            Reference top = join.top("Dataplane", placed);
            if (top != null) {
                groups.computeIfAbsent(top, none -> new Members()).dataplanes.add(placed);
            }
        }
        groups.forEach((top, members) -> joined.add(members.group(top)));
        return joined;
    }

    // Outside Kubernetes nothing owns a dataplane, nor what Writ declares. A copy of another control plane's keeps the
    // name it has there as a
    // label.
    private static WorkloadGroup alone(Placed<DataplaneResource> placed) {
        String name = placed.displayName();
        return new WorkloadGroup(
                "Dataplane",
                placed.namespace(),
                KubernetesNames.isUniversalName(name) ? name : placed.name(),
                List.of(),
                List.of(),
                List.of(placed));
    }

    private static Reference reference(String kind, Placed<? extends Resource> placed) {
        return new Reference(placed.namespace(), placed.name(), kind);
    }

    // The kinds of OWNERS ascend, so that owners in a circle cannot keep this going.
    private @Nullable Reference top(String kind, Placed<? extends Resource> placed) {
        Reference at = reference(kind, placed);
        Metadata metadata = placed.metadata();
        while (metadata != null) {
            Reference owner = ownerOf(at, metadata);
            if (owner == null) {
                break;
            }
            at = owner;
            metadata = known.get(at);
            if (metadata == null) {
                at = proven(at, placed.metadata());
                metadata = known.get(at);
            }
        }
        if (KubernetesNames.isName(at.name())) {
            return at;
        }
        diagnostics.add(
                DiagnosticId.SCHEMA_INVALID_VALUE,
                placed.metadata().name().span(),
                "its owner's name `" + at.name() + "` is no name for a " + at.kind());
        return null;
    }

    private @Nullable Reference ownerOf(Reference owned, Metadata metadata) {
        for (Owner owner : metadata.owners()) {
            if (OWNERS.getOrDefault(owned.kind(), List.of()).contains(owner.kind())) {
                return new Reference(owned.namespace(), owner.name(), owner.kind());
            }
        }
        // Kuma names a Dataplane like its Pod.
        Reference pod = new Reference(owned.namespace(), owned.name(), "Pod");
        return owned.kind().equals("Dataplane") && known.containsKey(pod) ? pod : null;
    }

    /** The controller of an object that is not in the sources, where the labels of its pod prove which it is. */
    private static Reference proven(Reference missing, Metadata pod) {
        String hash = pod.label(HASH);
        return switch (missing.kind()) {
            case "ReplicaSet" -> {
                String suffix = "-" + hash;
                yield hash != null
                                && missing.name().endsWith(suffix)
                                && missing.name().length() > suffix.length()
                        ? new Reference(missing.namespace(), cut(missing.name(), suffix.length()), "Deployment")
                        : missing;
            }
            case "Pod" -> ofPod(missing, pod, hash);
            default -> missing;
        };
    }

    private static Reference ofPod(Reference missing, Metadata pod, @Nullable String hash) {
        String job = pod.label("batch.kubernetes.io/job-name");
        if (job != null) {
            return new Reference(missing.namespace(), job, "Job");
        }
        Matcher generated = GENERATED.matcher(missing.name());
        if (hash != null && generated.matches() && generated.group(1).endsWith("-" + hash)) {
            return proven(new Reference(missing.namespace(), generated.group(1), "ReplicaSet"), pod);
        }
        // Only a DaemonSet's pods have this label.
        if (pod.label("pod-template-generation") != null && generated.matches()) {
            return new Reference(missing.namespace(), generated.group(1), "DaemonSet");
        }
        Matcher ordinal = ORDINAL.matcher(missing.name());
        if (missing.name().equals(pod.label("statefulset.kubernetes.io/pod-name")) && ordinal.matches()) {
            return new Reference(missing.namespace(), ordinal.group(1), "StatefulSet");
        }
        return missing;
    }

    private static String cut(String text, int count) {
        return text.substring(0, text.length() - count);
    }

    private static final class Members {
        private final List<Placed<PodOwnerResource>> controllers = new ArrayList<>();
        private final List<Placed<PodOwnerResource>> pods = new ArrayList<>();
        private final List<Placed<DataplaneResource>> dataplanes = new ArrayList<>();

        void add(Placed<PodOwnerResource> placed) {
            (placed.resource().kind().equals("Pod") ? pods : controllers).add(placed);
        }

        WorkloadGroup group(Reference top) {
            Comparator<Placed<? extends Resource>> byName = Comparator.comparing(Placed::name);
            controllers.sort(Comparator.<Placed<PodOwnerResource>, Boolean>comparing(
                            placed -> !placed.resource().kind().equals(top.kind()))
                    .thenComparing(Members::revision, Comparator.reverseOrder())
                    .thenComparing(byName));
            pods.sort(byName);
            dataplanes.sort(byName);
            return new WorkloadGroup(top.kind(), top.namespace(), top.name(), controllers, pods, dataplanes);
        }

        // A Deployment keeps the ReplicaSets of its older revisions.
        private static Integer revision(Placed<PodOwnerResource> placed) {
            String revision = placed.metadata().annotation("deployment.kubernetes.io/revision");
            return revision != null && revision.matches("[0-9]{1,9}") ? Integer.valueOf(revision) : Integer.valueOf(0);
        }
    }
}
