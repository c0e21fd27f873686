package dev.writ.compiler.model;

import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.model.Workload.Doubt;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes workloads of joined objects. Of what a workload is, its Dataplanes know best, then its Pods, then the pod template of
 * its controller; a workload whose pods get no sidecar is none.
 */
final class WorkloadDrafter {
    private static final String SPIRE_SUPPORT = "k8s.kuma.io/spire-support";

    private final ModelOptions options;
    private final DataplaneConverter converter;
    private final Injection injection;
    private final ZoneFilter zones;

    WorkloadDrafter(ModelOptions options, DataplaneConverter converter, Injection injection, ZoneFilter zones) {
        this.options = options;
        this.converter = converter;
        this.injection = injection;
        this.zones = zones;
    }

    List<WorkloadDraft> draft(List<WorkloadGroup> groups) {
        List<WorkloadDraft> drafts = new ArrayList<>();
        for (WorkloadGroup group : groups) {
            List<DataplaneView> views = group.dataplanes().isEmpty() ? ofPods(group) : ofDataplanes(group);
            if (!views.isEmpty()) {
                drafts.add(draft(group, views));
            } else if (group.dataplanes().isEmpty()) {
                injection.leaveOut(group);
            }
        }
        return drafts;
    }

    private List<DataplaneView> ofDataplanes(WorkloadGroup group) {
        List<DataplaneView> views = new ArrayList<>();
        for (Placed<DataplaneResource> dataplane : group.dataplanes()) {
            if (zones.isLocal("Dataplane", dataplane.metadata())) {
                views.add(converter.ofDataplane(dataplane, podOf(dataplane, group)));
            }
        }
        return views;
    }

    // Kuma names a Dataplane like its Pod; where that is missing, its template has the same annotations.
    private static @Nullable PodOwnerResource podOf(Placed<DataplaneResource> dataplane, WorkloadGroup group) {
        for (Placed<PodOwnerResource> pod : group.pods()) {
            if (pod.name().equals(dataplane.name())) {
                return pod.resource();
            }
        }
        return group.controllers().isEmpty()
                ? null
                : group.controllers().getFirst().resource();
    }

    private List<DataplaneView> ofPods(WorkloadGroup group) {
        List<Placed<PodOwnerResource>> makers =
                group.pods().isEmpty() ? group.controllers().subList(0, 1) : group.pods();
        return makers.stream()
                .map(Placed::resource)
                .filter(maker -> injection.isInjected(maker.podMetadata(), group.namespace()))
                .map(maker -> converter.ofPod(
                        maker,
                        group.namespace(),
                        group.name(),
                        injection.meshOf(maker.podMetadata(), group.namespace())))
                .toList();
    }

    private WorkloadDraft draft(WorkloadGroup group, List<DataplaneView> views) {
        DataplaneView first = views.getFirst();
        SourceSpan span = group.representative().span();
        SortedMap<String, SortedSet<String>> values = new TreeMap<>();
        Map<String, Integer> uses = new LinkedHashMap<>();
        for (DataplaneView view : views) {
            view.labels().forEach((key, value) -> {
                values.computeIfAbsent(key, none -> new TreeSet<>()).add(value);
                uses.merge(key, 1, Integer::sum);
            });
        }
        SortedMap<String, String> labels = new TreeMap<>();
        values.entrySet().removeIf(entry -> {
            boolean isShared = entry.getValue().size() == 1 && uses.getOrDefault(entry.getKey(), 0) == views.size();
            if (isShared) {
                labels.put(entry.getKey(), entry.getValue().first());
            }
            return isShared;
        });
        return new WorkloadDraft(
                new WorkloadKey(
                        first.mesh(),
                        options.zone(),
                        group.kind(),
                        group.namespace().isEmpty() ? null : group.namespace(),
                        group.name()),
                span,
                labels,
                values,
                !group.pods().isEmpty() || !group.dataplanes().isEmpty(),
                withoutSpire(views),
                address(views),
                inbounds(views),
                group.dataplanes().size() == 1
                        ? group.dataplanes().getFirst().resource().outbounds()
                        : List.of(),
                doubts(group, views, span));
    }

    // Without the annotation it is the control plane that says (k8s/webhooks/injector).
    private static @Nullable SourceSpan withoutSpire(List<DataplaneView> views) {
        for (DataplaneView view : views) {
            SourceText text = view.settings().annotations().get(SPIRE_SUPPORT);
            if (text != null && (text.value().equals("disabled") || text.value().equals("false"))) {
                return text.span();
            }
        }
        return null;
    }

    private static @Nullable String address(List<DataplaneView> views) {
        return views.size() == 1 ? views.getFirst().address() : null;
    }

    private List<Inbound> inbounds(List<DataplaneView> views) {
        Map<List<String>, Inbound> distinct = new LinkedHashMap<>();
        for (DataplaneView view : views) {
            view.inbounds().forEach(inbound -> distinct.putIfAbsent(nameOf(inbound, views.size()), inbound));
        }
        return List.copyOf(distinct.values());
    }

    // Only up to 2.14 there may be two of one port; each pod of several has addresses of its own.
    private List<String> nameOf(Inbound inbound, int pods) {
        String address = pods == 1 && inbound.address() != null ? inbound.address() : "";
        String service = options.target().isKuma2() ? inbound.tags().getOrDefault(KumaLabels.SERVICE, "") : "";
        return List.of(Integer.toString(inbound.port()), address, service);
    }

    private List<Doubt> doubts(WorkloadGroup group, List<DataplaneView> views, SourceSpan span) {
        List<Doubt> doubts = new ArrayList<>();
        for (DataplaneView view : views) {
            doubts.addAll(SetupDoubts.of(view.settings()));
        }
        group.dataplanes().stream()
                .filter(dataplane -> dataplane.resource().gateway())
                .forEach(dataplane -> doubts.add(new Doubt(
                        "the dataplane `" + dataplane.name() + "` is a gateway, and gateways are not modelled",
                        dataplane.resource().span(),
                        0)));
        if (views.stream().map(DataplaneView::mesh).distinct().count() > 1) {
            doubts.add(new Doubt("its pods belong to different meshes", span, 0));
        }
        for (Inbound inbound : inbounds(views)) {
            boolean isShared = views.stream()
                    .allMatch(view -> view.inbounds().stream()
                            .anyMatch(other -> other.port() == inbound.port() && isServedAlike(inbound, other)));
            if (!isShared) {
                doubts.add(new Doubt(
                        "its pods differ in how they serve port " + inbound.port(), inbound.span(), inbound.port()));
            }
        }
        return doubts.stream().distinct().toList();
    }

    private static boolean isServedAlike(Inbound one, Inbound other) {
        return one.protocol() == other.protocol()
                && (one.name() == null ? other.name() == null : one.name().equals(other.name()));
    }
}
