package dev.writ.runtime.proof;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.analysis.Difference;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.analysis.PolicyAnalysis;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.SnapshotJudge;
import dev.writ.runtime.judge.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is different between two compilations: decisions, transport, identities. Each witness has been put to the judges of both. */
public final class PolicyDifference {
    private static final String ABSENT = "absent";

    private final Compilation before;
    private final Compilation after;
    private final boolean byRule;
    private final List<String> inventory;
    private final Map<Pair, Difference> known = new HashMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Transport> transports = new ArrayList<>();
    private final List<Identity> identities = new ArrayList<>();
    private final List<TranslationProof.Open> open = new ArrayList<>();
    private final SortedSet<String> assumptions = new TreeSet<>();

    /** Calls to an inbound that are decided differently. */
    public record Decision(WorkloadKey to, int port, Change change) {}

    /**
     * An inbound that takes callers in another way: {@code plaintext}, {@code permissive}, {@code mtls}, {@code unknown}; or
     * {@code absent} where there is none.
     */
    public record Transport(WorkloadKey to, int port, String before, String after) {
        /** Whether what was refused before is let in now without a rule. */
        public boolean fallsOpen() {
            return !before.equals("plaintext") && (after.equals("plaintext") || after.equals("permissive"));
        }
    }

    /** A workload that gains, loses or changes its SPIFFE ID; null for none. */
    public record Identity(
            WorkloadKey workload,
            @Nullable String before,
            @Nullable String after) {}

    /** Policies of the same rules are compared once. */
    private record Pair(List<Object> before, List<Object> after) {}

    private PolicyDifference(Compilation before, Compilation after, boolean byRule) {
        this.before = before;
        this.after = after;
        this.byRule = byRule;
        TreeSet<String> ids = new TreeSet<>();
        for (Compilation one : List.of(before, after)) {
            one.model().workloads().forEach(workload -> id(workload).ifPresent(ids::add));
        }
        this.inventory = List.copyOf(ids);
    }

    /** @param byRule whether it counts that another rule decides */
    public static PolicyDifference between(Compilation before, Compilation after, boolean byRule) {
        PolicyDifference difference = new PolicyDifference(before, after, byRule);
        for (WorkloadPolicy later : after.policy().workloads()) {
            before.policy()
                    .of(later.workload().key())
                    .ifPresentOrElse(earlier -> difference.compare(earlier, later), () -> difference.appears(later));
        }
        for (WorkloadPolicy earlier : before.policy().workloads()) {
            if (after.policy().of(earlier.workload().key()).isEmpty()) {
                difference.disappears(earlier);
            }
        }
        return difference;
    }

    private static Optional<String> id(Workload workload) {
        return switch (workload.identity()) {
            case WorkloadIdentity.Issued issued -> Optional.of(issued.id().toString());
            case WorkloadIdentity.Absent absent -> Optional.empty();
        };
    }

    private void appears(WorkloadPolicy policy) {
        WorkloadKey key = policy.workload().key();
        id(policy.workload()).ifPresent(id -> identities.add(new Identity(key, null, id)));
        byPort(policy).forEach((port, inbound) -> transports.add(new Transport(key, port, ABSENT, mode(inbound))));
    }

    private void disappears(WorkloadPolicy policy) {
        WorkloadKey key = policy.workload().key();
        id(policy.workload()).ifPresent(id -> identities.add(new Identity(key, id, null)));
        byPort(policy).forEach((port, inbound) -> transports.add(new Transport(key, port, mode(inbound), ABSENT)));
    }

    private void compare(WorkloadPolicy earlier, WorkloadPolicy later) {
        WorkloadKey key = later.workload().key();
        String idBefore = id(earlier.workload()).orElse(null);
        String idAfter = id(later.workload()).orElse(null);
        if (idBefore == null ? idAfter != null : !idBefore.equals(idAfter)) {
            identities.add(new Identity(key, idBefore, idAfter));
        }
        SortedMap<Integer, InboundPolicy> inbounds = byPort(earlier);
        byPort(later).forEach((port, inbound) -> {
            InboundPolicy other = inbounds.get(port);
            if (other == null) {
                transports.add(new Transport(key, port, ABSENT, mode(inbound)));
            } else {
                compare(key, port, other, inbound, new Replay(before, after, earlier, later));
            }
        });
        SortedMap<Integer, InboundPolicy> gone = new TreeMap<>(inbounds);
        gone.keySet().removeAll(byPort(later).keySet());
        gone.forEach((port, inbound) -> transports.add(new Transport(key, port, mode(inbound), ABSENT)));
    }

    private static SortedMap<Integer, InboundPolicy> byPort(WorkloadPolicy policy) {
        SortedMap<Integer, InboundPolicy> byPort = new TreeMap<>();
        policy.inbounds()
                .forEach(inbound -> byPort.putIfAbsent(inbound.inbound().port(), inbound));
        return byPort;
    }

    private void compare(WorkloadKey key, int port, InboundPolicy one, InboundPolicy other, Replay replay) {
        String transportBefore = mode(one);
        String transportAfter = mode(other);
        if (!transportBefore.equals(transportAfter)) {
            transports.add(new Transport(key, port, transportBefore, transportAfter));
        }
        Difference difference = known.computeIfAbsent(
                new Pair(parts(one), parts(other)), pair -> PolicyAnalysis.compare(one, other, byRule, inventory));
        switch (difference) {
            case Difference.Known known -> {
                assumptions.addAll(known.assumptions());
                for (Change change : known.changes()) {
                    replay.require(change, key, port);
                    decisions.add(new Decision(key, port, change));
                }
            }
            case Difference.Unknown unknown -> open.add(new TranslationProof.Open(key, port, unknown.reason()));
        }
    }

    private static List<Object> parts(InboundPolicy policy) {
        return List.of(
                policy.admission(),
                policy.enforced(),
                policy.shadow(),
                policy.inbound().protocol(),
                policy.inbound().port());
    }

    private static String mode(InboundPolicy policy) {
        return switch (policy.admission()) {
            case Admission.Plaintext plaintext -> "plaintext";
            case Admission.Permissive permissive -> "permissive";
            case Admission.MutualTls tls -> "mtls";
            case Admission.Undecidable open -> "unknown";
        };
    }

    /** Puts a witness to the judges, who know nothing of diagrams. */
    private record Replay(Compilation before, Compilation after, WorkloadPolicy earlier, WorkloadPolicy later) {

        void require(Change change, WorkloadKey key, int port) {
            Call call = WitnessCall.of(change.witness(), key, port);
            require(before, earlier, change.before(), call);
            require(after, later, change.after(), call);
        }

        private static void require(Compilation compilation, WorkloadPolicy policy, Outcome claimed, Call call) {
            Verdict model = new ModelJudge(compilation.policy()).judge(call);
            require(model, claimed, call);
            EmittedConfig.of(compilation, policy)
                    .ifPresent(config -> require(
                            new SnapshotJudge(Map.of(policy.workload().key(), config)).judge(call), claimed, call));
        }

        private static void require(Verdict verdict, Outcome claimed, Call call) {
            boolean isAllowed = verdict.decision() == Verdict.Decision.ALLOW;
            boolean isShadowed = verdict.shadow() == Verdict.Decision.DENY;
            if (isAllowed != claimed.isAllowed() || isShadowed != claimed.isShadowed()) {
                throw new IllegalStateException(
                        "the analysis says " + claimed + " of " + call + ", and a judge " + verdict);
            }
        }
    }

    /** Whether nothing is different; not known where something could not be compared. */
    public Optional<Boolean> isEquivalent() {
        if (!decisions.isEmpty() || !transports.isEmpty() || !identities.isEmpty()) {
            return Optional.of(false);
        }
        return open.isEmpty() ? Optional.of(true) : Optional.empty();
    }

    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /** Those that fall open first. */
    public List<Transport> transports() {
        List<Transport> sorted = new ArrayList<>(transports);
        sorted.sort((one, other) -> Boolean.compare(other.fallsOpen(), one.fallsOpen()));
        return sorted;
    }

    public List<Identity> identities() {
        return List.copyOf(identities);
    }

    public List<TranslationProof.Open> open() {
        return List.copyOf(open);
    }

    public List<String> assumptions() {
        return List.copyOf(assumptions);
    }
}
