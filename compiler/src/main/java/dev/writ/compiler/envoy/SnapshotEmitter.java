package dev.writ.compiler.envoy;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.BootstrapEmitter.Gate;
import dev.writ.compiler.envoy.FilterEmitter.Matchers;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Permissive;
import dev.writ.compiler.ir.Admission.Plaintext;
import dev.writ.compiler.ir.Admission.Undecidable;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.WorkloadKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Emits a workload's policy as the target {@code envoy}. What Envoy cannot say, and what the IR leaves open, is refused with the
 * finding, as an error: then nothing is emitted for the workload, for a proxy without one of its rules is worse than none.
 */
public final class SnapshotEmitter {
    private final WorkloadKey workload;
    private final DiagnosticSink refusals = new DiagnosticSink();

    private SnapshotEmitter(WorkloadKey workload) {
        this.workload = workload;
    }

    /** The workload's artifact; empty if it was refused, or if the workload has no inbound that anybody could call. */
    public static Optional<Snapshot> emit(WorkloadPolicy policy, DiagnosticSink sink) {
        SnapshotEmitter emitter = new SnapshotEmitter(policy.workload().key());
        Optional<Snapshot> snapshot = emitter.emit(policy.inbounds());
        emitter.refusals.sorted().forEach(sink::add);
        return snapshot;
    }

    private Optional<Snapshot> emit(List<InboundPolicy> inbounds) {
        List<Gate> gates = new ArrayList<>();
        for (InboundPolicy inbound : distinctPorts(inbounds)) {
            gate(inbound).ifPresent(gates::add);
        }
        if (refusals.hasErrors() || gates.isEmpty()) {
            return Optional.empty();
        }
        BootstrapEmitter bootstrap = new BootstrapEmitter(workload);
        return Optional.of(bootstrap.emit(gates, gates.get(0).admission().trustDomains()));
    }

    /** Two Services can name one port: that is one listener, unless they disagree about it. */
    private List<InboundPolicy> distinctPorts(List<InboundPolicy> inbounds) {
        Map<Integer, InboundPolicy> byPort = new LinkedHashMap<>();
        for (InboundPolicy policy : inbounds) {
            InboundPolicy first = byPort.putIfAbsent(policy.inbound().port(), policy);
            if (first != null && !isSameListener(first, policy)) {
                refuse(
                        policy,
                        "port " + policy.inbound().port() + " is given twice, with different protocols or rules");
            }
        }
        return List.copyOf(byPort.values());
    }

    private static boolean isSameListener(InboundPolicy one, InboundPolicy other) {
        return one.inbound().protocol() == other.inbound().protocol()
                && one.admission().equals(other.admission())
                && one.enforced().equals(other.enforced())
                && one.shadow().equals(other.shadow());
    }

    private Optional<Gate> gate(InboundPolicy policy) {
        return switch (policy.admission()) {
            case Undecidable open -> {
                refusals.add(open.finding().withSeverity(Severity.ERROR));
                yield Optional.empty();
            }
            case Plaintext plaintext -> refused(policy, "an inbound in plaintext");
            case Permissive permissive -> refused(policy, "an inbound that takes plaintext beside mTLS");
            case MutualTls tls -> {
                if (tls.trustDomains().isEmpty() || tls.sanPrefixes().isEmpty()) {
                    refuse(policy, "no trust domain vouches for the callers of `" + workload + "`");
                    yield Optional.empty();
                }
                yield matchers(policy, tls.oneSpiffeId()).map(matchers -> new Gate(policy.inbound(), tls, matchers));
            }
        };
    }

    private Optional<Gate> refused(InboundPolicy policy, String what) {
        refuse(policy, "the target `envoy` has no word for " + what + ", the `kuma-*` targets have");
        return Optional.empty();
    }

    private Optional<Matchers> matchers(InboundPolicy policy, boolean guard) {
        MatcherLowering lowering = new MatcherLowering(refusals);
        MatcherEmitter emitter = MatcherEmitter.OF_URI_SAN;
        Optional<ResolvedMatcher> enforced = lowering.lower(policy.enforced(), policy.inbound(), guard);
        if (policy.shadow().isEmpty()) {
            return enforced.map(resolved -> new Matchers(emitter.emit(resolved), Optional.empty()));
        }
        RuleList shadow = policy.shadow().get();
        return lowering.lower(shadow, policy.inbound(), false)
                .flatMap(reported -> enforced.map(
                        resolved -> new Matchers(emitter.emit(resolved), Optional.of(emitter.emit(reported)))));
    }

    private void refuse(InboundPolicy policy, String message) {
        refusals.add(DiagnosticId.TARGET_UNSUPPORTED, policy.inbound().span(), message);
    }
}
