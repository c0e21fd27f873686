package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Permissive;
import dev.writ.compiler.ir.Admission.Plaintext;
import dev.writ.compiler.ir.Admission.Undecidable;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Predicts what a Kuma control plane sends the proxy of a workload. What the IR leaves open is refused with the finding, as an
 * error: then nothing is emitted for the workload.
 */
public final class KumaSnapshotEmitter {
    private final Mesh mesh;
    private final Workload workload;
    private final Target target;
    private final Optional<Credentials> credentials;
    private final DiagnosticSink refusals = new DiagnosticSink();

    private KumaSnapshotEmitter(Mesh mesh, Workload workload, Target target) {
        this.mesh = mesh;
        this.workload = workload;
        this.target = target;
        this.credentials = Credentials.of(mesh, workload);
    }

    /**
     * The snapshot of a workload; empty if it was refused, and if its proxy gets none.
     *
     * @param mesh of the workload
     * @param target one of Kuma's versions
     */
    public static Optional<KumaSnapshot> emit(Mesh mesh, WorkloadPolicy policy, Target target, DiagnosticSink sink) {
        KumaSnapshotEmitter emitter = new KumaSnapshotEmitter(mesh, policy.workload(), target);
        Optional<KumaSnapshot> snapshot = emitter.emit(policy.inbounds());
        emitter.refusals.sorted().forEach(sink::add);
        return snapshot;
    }

    private Optional<KumaSnapshot> emit(List<InboundPolicy> inbounds) {
        SortedMap<String, Listener> listeners = new TreeMap<>();
        SortedMap<String, Cluster> clusters = new OutboundClusters(mesh, workload, target, credentials).clusters();
        for (InboundPolicy inbound : inbounds) {
            listener(inbound).ifPresent(listener -> listeners.putIfAbsent(listener.getName(), listener));
            Cluster application = KumaClusters.application(workload, inbound.inbound(), target);
            clusters.putIfAbsent(application.getName(), application);
        }
        if (refusals.hasErrors()) {
            return Optional.empty();
        }
        if (credentials.orElse(null) instanceof Credentials.OfSpire spire) {
            clusters.put(Credentials.OfSpire.CLUSTER, KumaClusters.spireAgent(workload, spire));
        }
        return Optional.of(new KumaSnapshot(
                workload.key(),
                List.copyOf(listeners.values()),
                List.copyOf(clusters.values()),
                KumaSecrets.of(mesh, workload, credentials)));
    }

    private Optional<Listener> listener(InboundPolicy inbound) {
        InboundListeners listeners = new InboundListeners(workload, target);
        return switch (inbound.admission()) {
            case Undecidable open -> {
                refusals.add(open.finding().withSeverity(Severity.ERROR));
                yield Optional.empty();
            }
            case Plaintext plaintext -> Optional.of(listeners.plaintext(inbound));
            case Permissive permissive -> Optional.of(listeners.permissive(inbound, permissive.mutual(), presented()));
            case MutualTls mutual -> Optional.of(listeners.strict(inbound, mutual, presented()));
        };
    }

    private Credentials presented() {
        return credentials.orElseThrow(
                () -> new IllegalStateException("mutual TLS without a certificate: " + workload.key()));
    }
}
