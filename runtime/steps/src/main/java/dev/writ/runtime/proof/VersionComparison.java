package dev.writ.runtime.proof;

import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.analysis.Difference;
import dev.writ.compiler.analysis.IssuableIds;
import dev.writ.compiler.analysis.KnownCallers;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.analysis.PolicyAnalysis;
import dev.writ.compiler.analysis.Universe;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.proof.PolicyDifference.Decision;
import dev.writ.runtime.proof.PolicyDifference.Identity;
import dev.writ.runtime.proof.PolicyDifference.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares two versions of a policy, workload by workload. */
final class VersionComparison {
    private final PolicyVersion before;
    private final PolicyVersion after;
    private final boolean byRule;
    private final Universe universe;
    private final List<String> inventory;
    private final Map<String, KnownCallers> callers = new HashMap<>();
    private final Map<Pair, Difference> known = new HashMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Transport> transports = new ArrayList<>();
    private final List<Identity> identities = new ArrayList<>();
    private final List<TranslationProof.Open> open = new ArrayList<>();
    private final SortedSet<String> assumptions = new TreeSet<>();
    private boolean identitiesUntold;

    /** Inbounds of the same parts are compared once. */
    private record Pair(String mesh, List<Object> before, List<Object> after) {}

    VersionComparison(PolicyVersion before, PolicyVersion after, boolean byRule, Universe universe) {
        this.before = before;
        this.after = after;
        this.byRule = byRule;
        this.universe = universe;
        TreeSet<String> ids = new TreeSet<>();
        Stream.of(before, after)
                .flatMap(version -> version.workloads(true).stream())
                .map(VersionedWorkload::id)
                .filter(Objects::nonNull)
                .forEach(ids::add);
        this.inventory = List.copyOf(ids);
    }

    PolicyDifference difference() {
        // A folder of configs is named by namespaces and names alone.
        boolean byShortName = before instanceof PolicyVersion.OfConfigs || after instanceof PolicyVersion.OfConfigs;
        Map<String, VersionedWorkload> earlier = byName(before, byShortName);
        Map<String, VersionedWorkload> later = byName(after, byShortName);
        later.forEach((name, workload) -> compare(earlier.get(name), workload));
        earlier.forEach((name, workload) -> {
            if (!later.containsKey(name)) {
                compare(workload, null);
            }
        });
        return new PolicyDifference(
                universe, decisions, transports, identities, open, List.copyOf(assumptions), identitiesUntold);
    }

    private static Map<String, VersionedWorkload> byName(PolicyVersion version, boolean byShortName) {
        Map<String, VersionedWorkload> byName = new LinkedHashMap<>();
        version.workloads(byShortName).forEach(workload -> byName.putIfAbsent(workload.name(), workload));
        return byName;
    }

    private static boolean tellsIdentities(PolicyVersion version) {
        return switch (version) {
            case PolicyVersion.OfSources sources -> true;
            case PolicyVersion.OfConfigs configs -> false;
        };
    }

    private void compare(@Nullable VersionedWorkload earlier, @Nullable VersionedWorkload later) {
        // Of a config only the short name is known.
        boolean isEarlier = later == null || earlier != null && earlier.tellsIdentity() && !later.tellsIdentity();
        VersionedWorkload one = Objects.requireNonNull(isEarlier ? earlier : later);
        String idBefore = earlier == null ? null : earlier.id();
        String idAfter = later == null ? null : later.id();
        // Of a folder of configs a workload without inbounds is not missed: none is written for it.
        boolean isTold = tellsIdentities(before) && tellsIdentities(after);
        identitiesUntold |= !isTold;
        if (isTold && !Objects.equals(idBefore, idAfter)) {
            identities.add(new Identity(one.key(), idBefore, idAfter, later == null, one.place()));
        }
        SortedMap<Integer, VersionedInbound> inbounds = earlier == null ? new TreeMap<>() : earlier.inbounds();
        SortedMap<Integer, VersionedInbound> now = later == null ? new TreeMap<>() : later.inbounds();
        TreeSet<Integer> ports = new TreeSet<>(inbounds.keySet());
        ports.addAll(now.keySet());
        Replay replay = earlier == null || later == null ? null : new Replay(earlier, later);
        for (int port : ports) {
            VersionedInbound first = inbounds.get(port);
            VersionedInbound second = now.get(port);
            String transportBefore = first == null ? Transport.ABSENT : first.transport();
            String transportAfter = second == null ? Transport.ABSENT : second.transport();
            if (!transportBefore.equals(transportAfter)) {
                transports.add(new Transport(
                        one.key(),
                        port,
                        transportBefore,
                        transportAfter,
                        second != null ? second.place() : first == null ? null : first.place()));
            }
            if (first != null && second != null && replay != null) {
                compare(one, first, second, replay);
            }
        }
    }

    private void compare(VersionedWorkload workload, VersionedInbound one, VersionedInbound other, Replay replay) {
        String mesh = workload.key().mesh();
        Difference difference = known.computeIfAbsent(
                new Pair(mesh, one.parts(), other.parts()),
                pair -> PolicyAnalysis.compare(one.side(), other.side(), byRule, universe, callers(mesh)));
        switch (difference) {
            case Difference.Known found -> {
                assumptions.addAll(found.assumptions());
                for (Change change : found.changes()) {
                    replay.require(change, one.port());
                    decisions.add(new Decision(workload.key(), one.port(), change));
                }
            }
            case Difference.Unknown unknown ->
                open.add(new TranslationProof.Open(workload.key(), one.port(), unknown.reason()));
        }
    }

    private KnownCallers callers(String mesh) {
        return callers.computeIfAbsent(
                mesh,
                name -> new KnownCallers(
                        inventory,
                        IssuableIds.of(Stream.of(before, after)
                                .flatMap(version -> version.meshes().stream())
                                .filter(one -> one.name().equals(name))
                                .toList())));
    }

    /** Puts a witness to the judges, who know nothing of diagrams. */
    private static final class Replay {
        private final VersionedWorkload earlier;
        private final VersionedWorkload later;
        private @Nullable List<Judge> before;
        private @Nullable List<Judge> after;

        Replay(VersionedWorkload earlier, VersionedWorkload later) {
            this.earlier = earlier;
            this.later = later;
        }

        void require(Change change, int port) {
            // To make a config for judges is worth while only where something is different.
            before = before == null ? earlier.judges().get() : before;
            after = after == null ? later.judges().get() : after;
            Call then = WitnessCall.of(change.witness(), earlier.key(), port);
            before.forEach(judge -> require(judge, change.before(), then));
            Call now = WitnessCall.of(change.witness(), later.key(), port);
            after.forEach(judge -> require(judge, change.after(), now));
        }

        private static void require(Judge judge, Outcome claimed, Call call) {
            Verdict verdict = judge.judge(call);
            boolean isAllowed = verdict.decision() == Verdict.Decision.ALLOW;
            boolean isShadowed = verdict.shadow() == Verdict.Decision.DENY;
            if (isAllowed != claimed.isAllowed() || isShadowed != claimed.isShadowed()) {
                throw new IllegalStateException(
                        "the analysis says " + claimed + " of " + call + ", and a judge " + verdict);
            }
        }
    }
}
