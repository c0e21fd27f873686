package dev.writ.runtime.access;

import dev.writ.compiler.analysis.Answer;
import dev.writ.compiler.analysis.Inventory;
import dev.writ.compiler.analysis.Patterns;
import dev.writ.compiler.analysis.PolicyAnalysis;
import dev.writ.compiler.analysis.Reach;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.runtime.judge.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Inbounds with the same effective rules, analysed once: the same callers reach all of them. */
public final class AccessGroup {
    private static final Access NO_WORKLOAD = new Access.Unknown("no workload calls so");

    private final InboundPolicy policy;
    private final Inventory inventory;
    private @Nullable Reach reach;
    private @Nullable Patterns patterns;
    private final Map<List<String>, Optional<Answer>> byCertificate = new HashMap<>();

    /** How callers come in. The order is that in which they are to be told. */
    public enum Transport {
        PLAINTEXT,
        PERMISSIVE,
        UNKNOWN,
        MTLS
    }

    /** @param policy of one of them */
    AccessGroup(InboundPolicy policy, Inventory inventory) {
        this.policy = policy;
        this.inventory = inventory;
    }

    public Transport transport() {
        return switch (policy.admission()) {
            case Admission.Plaintext plaintext -> Transport.PLAINTEXT;
            case Admission.Permissive permissive -> Transport.PERMISSIVE;
            case Admission.MutualTls tls -> Transport.MTLS;
            case Admission.Undecidable open -> Transport.UNKNOWN;
        };
    }

    /** Found out when it is asked for. */
    public Reach reach() {
        if (reach == null) {
            reach = PolicyAnalysis.reach(policy, inventory);
        }
        return reach;
    }

    /** Whom it lets in, workloads or not. Found out when it is asked for, which is when it is shown. */
    public Patterns patterns() {
        if (patterns == null) {
            patterns = PolicyAnalysis.patterns(policy);
        }
        return patterns;
    }

    /** What becomes of the calls of somebody whom the inventory has at this place; negative if it does not have them. */
    public Access of(CallingWorkload from, int place) {
        return switch (reach()) {
            case Reach.Unknown unknown -> new Access.Unknown(unknown.reason());
            case Reach.Known known -> of(from, place, known);
        };
    }

    private Access of(CallingWorkload from, int place, Reach.Known known) {
        if (place >= 0) {
            return new Access.Known(at(known.runs(), place));
        }
        return switch (from.caller()) {
            case null -> new Access.Unknown(from.reason());
            case Caller.Plaintext plaintext -> new Access.Known(known.plaintext());
            case Caller.Anonymous anonymous -> NO_WORKLOAD;
            case Caller.ExpiredCertificate expired -> NO_WORKLOAD;
            case Caller.ForeignCertificate foreign -> NO_WORKLOAD;
            case Caller.DnsCertificate dns -> NO_WORKLOAD;
            case Caller.Certificate certificate ->
                byCertificate
                        .computeIfAbsent(certificate.uriSans(), sans -> PolicyAnalysis.answer(policy, sans))
                        .<Access>map(Access.Known::new)
                        .orElseGet(() -> new Access.Unknown("the rules ask too much of such a certificate"));
        };
    }

    private static Answer at(List<Reach.Run> runs, int place) {
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (runs.get(middle).to() <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return runs.get(low).answer();
    }
}
