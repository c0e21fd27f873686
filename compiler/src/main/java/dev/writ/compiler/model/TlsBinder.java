package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.MergeOrder.Ranked;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.Resource.MeshTlsResource;
import dev.writ.compiler.syntax.Resource.TlsSettings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges the MeshTLS policies that apply to an inbound, in the same order as permissions: a later setting overrides an earlier
 * one, field by field ({@code rules/inbound}, {@code MatchesAllIncomingTraffic}).
 */
final class TlsBinder {
    private record Policies(List<List<TlsSettings>> settings, PolicyIndex index) {}

    private final ModelOptions options;
    private final ZoneFilter zones;
    private final DiagnosticSink diagnostics;
    private final Map<String, Policies> byMesh = new HashMap<>();

    TlsBinder(ModelOptions options, ZoneFilter zones, DiagnosticSink diagnostics) {
        this.options = options;
        this.zones = zones;
        this.diagnostics = diagnostics;
    }

    /** Reads them all, once. */
    void read(Sources sources) {
        Map<String, List<Ranked<Placed<MeshTlsResource>>>> ranked = new HashMap<>();
        for (Placed<MeshTlsResource> placed : sources.meshTls) {
            if (isInForce(placed)) {
                ranked.computeIfAbsent(placed.mesh(), none -> new ArrayList<>())
                        .add(PolicyRole.ranked(
                                placed, options, placed.resource().targetRef(), placed));
            }
        }
        ranked.forEach((mesh, policies) -> {
            policies.sort(MergeOrder.lowestFirst(options.target()));
            byMesh.put(
                    mesh,
                    new Policies(
                            policies.stream()
                                    .map(policy -> policy.policy().resource().settings())
                                    .toList(),
                            new PolicyIndex(policies.stream()
                                    .map(policy -> reach(policy.policy()))
                                    .toList())));
        });
    }

    private boolean isInForce(Placed<MeshTlsResource> placed) {
        if ("shadow".equals(placed.metadata().label(KumaLabels.EFFECT))) {
            diagnostics.add(Diagnostic.of(
                    DiagnosticId.SOURCE_IGNORED,
                    placed.metadata().labelSpan(KumaLabels.EFFECT),
                    "the MeshTLS `" + placed.name() + "` only tries out what it would do, and decides nothing"));
            return false;
        }
        return zones.isLocal("MeshTLS", placed.metadata());
    }

    private PolicyReach reach(Placed<MeshTlsResource> placed) {
        String role = PolicyRole.of(placed, options);
        return new PolicyReach(
                placed.resource().targetRef(),
                PolicyRole.ownNamespaceOnly(placed, role),
                placed.namespace(),
                placed.zone());
    }

    /** For each inbound of a workload, in their order; empty where its mesh has no MeshTLS. */
    List<TlsPolicy> bind(WorkloadDraft draft) {
        Policies policies = byMesh.get(draft.key().mesh());
        if (policies == null) {
            return List.of();
        }
        List<TlsPolicy> merged = new ArrayList<>();
        for (Inbound inbound : draft.inbounds()) {
            BitSet selected =
                    policies.index().select(draft.labels(), draft.key().shortName(), draft.inbounds(), inbound);
            merged.add(merge(LabelIndex.pick(policies.settings(), selected).stream()
                    .flatMap(List::stream)
                    .toList()));
        }
        return merged;
    }

    private static TlsPolicy merge(List<TlsSettings> lowestFirst) {
        Boolean permissive = null;
        String min = null;
        String max = null;
        List<String> ciphers = List.of();
        for (TlsSettings settings : lowestFirst) {
            if (settings.mode() != null) {
                permissive = settings.mode().value().equals("Permissive");
            }
            min = over(min, settings.minVersion());
            max = over(max, settings.maxVersion());
            if (settings.ciphers() != null) {
                ciphers = settings.ciphers().stream().map(Located::value).toList();
            }
        }
        return new TlsPolicy(permissive, min, max, ciphers);
    }

    private static @Nullable String over(@Nullable String lower, @Nullable Located<String> higher) {
        return higher == null ? lower : higher.value();
    }
}
