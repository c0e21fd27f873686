package dev.writ.runtime.proxy;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.Reading;
import dev.writ.runtime.judge.Decider;
import dev.writ.runtime.judge.Request;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges cases by a real Envoy and by the snapshot judge, and says of each what the two said. */
final class FuzzRound {
    private static final String CRASH = "crash: ";

    private final FuzzAuthorities authorities;
    private final int patienceSeconds;

    /** @param patienceSeconds how long Envoy may think about a call */
    FuzzRound(FuzzAuthorities authorities, int patienceSeconds) {
        this.authorities = authorities;
        this.patienceSeconds = patienceSeconds;
    }

    /**
     * What came of a case.
     *
     * @param refusedByEnvoy its reason for not taking the config; null if it took it
     * @param refusedByUs ours
     * @param envoy null if it was not asked, because it refused the config
     * @param ours null if we refused the config
     * @param lifted what the lifter of proofs says, where it answers
     */
    record Outcome(
            FuzzCase of,
            @Nullable String refusedByEnvoy,
            @Nullable String refusedByUs,
            @Nullable Verdict envoy,
            @Nullable Verdict ours,
            Optional<Verdict> lifted) {

        boolean isRefused() {
            return refusedByEnvoy != null && refusedByUs != null;
        }

        /** Whether there is nothing to compare, because Envoy gave no verdict of its own. */
        boolean isSilent() {
            return envoy != null && envoy.decision() == Decision.UNKNOWN;
        }

        boolean isUnknown() {
            return ours != null && ours.decision() == Decision.UNKNOWN;
        }

        /** Whether the config ended Envoy, which is no answer. */
        boolean isCrash() {
            return refusedByEnvoy != null && refusedByEnvoy.startsWith(CRASH);
        }

        boolean isDisagreement() {
            if (isCrash()) {
                return false;
            }
            if ((refusedByEnvoy == null) != (refusedByUs == null)) {
                return true;
            }
            return envoy != null
                    && ours != null
                    && !isSilent()
                    && (!isUnknown() && !agree(envoy, ours) || isLiftedWrongly());
        }

        private boolean isLiftedWrongly() {
            return envoy != null && lifted.filter(said -> !agree(envoy, said)).isPresent();
        }

        /** What the two say but for the names of rules, so that making a case small makes no other case of it. */
        String kind() {
            return kind(refusedByEnvoy, envoy) + " and " + kind(refusedByUs, ours)
                    + (isLiftedWrongly() ? " and lifted " + kind(null, lifted.orElseThrow()) : "");
        }

        private static String kind(@Nullable String refused, @Nullable Verdict verdict) {
            return refused != null || verdict == null
                    ? "refused " + why(refused)
                    : verdict.decision() + " by " + verdict.stage() + (rule(verdict) == null ? "" : " with a rule");
        }

        /** The last part, without the place and the numbers that change with it. */
        private static String why(@Nullable String refused) {
            return refused == null ? "" : refused.substring(refused.lastIndexOf(": ") + 1);
        }

        private boolean agree(Verdict envoy, Verdict ours) {
            return envoy.decision() == ours.decision()
                    && (envoy.stage() == ours.stage() || isStageUnknown(ours))
                    && (envoy.shadow() == ours.shadow() || ours.shadow() == Decision.UNKNOWN)
                    && (Objects.equals(rule(envoy), rule(ours)) || isRuleUnknown(ours));
        }

        /**
         * Where several rules decide the same and one of them is open, the decision is sure and the rule is not. Of two RBAC filters the
         * second says nothing where none of its rules matched, and what the first said stands.
         */
        private boolean isRuleUnknown(Verdict said) {
            return said.rule() == null && FuzzCensus.isOpen(of.listener())
                    || rule(said) == null && FuzzCensus.hasTwoRbacs(of.listener());
        }

        /** TLS refuses, RBAC denies or nothing answers, which of them nobody can tell: the decision is sure and where it falls is not. */
        private static boolean isStageUnknown(Verdict said) {
            boolean isShadowOpen = said.shadow() == Decision.UNKNOWN;
            return said.stage() == Stage.NONE && said.rule() == null && (said.reason() == null || isShadowOpen);
        }

        /** Envoy names no policy where none matched, which is `default` in our words, nor one without a name. */
        private static @Nullable String rule(Verdict verdict) {
            String rule = verdict.rule();
            return rule == null || rule.isEmpty() || rule.equals("default") ? null : rule;
        }

        @Override
        public String toString() {
            return of.asTable() + said();
        }

        String said() {
            return "# envoy: " + (refusedByEnvoy == null ? envoy : "refused: " + refusedByEnvoy) + "\n# writ:  "
                    + (refusedByUs == null ? ours : "refused: " + refusedByUs) + "\n"
                    + lifted.map(said -> "# lifted: " + said + "\n").orElse("");
        }
    }

    /** Some broken configs do not make Envoy refuse but end: those are found by halves, and each of their cases says so. */
    List<Outcome> judge(List<FuzzCase> cases) {
        try {
            return judgeTogether(cases);
        } catch (EnvoyFailure e) {
            List<Listener> listeners =
                    cases.stream().map(FuzzCase::listener).distinct().toList();
            if (listeners.size() == 1) {
                return cases.stream()
                        .map(one -> new Outcome(one, CRASH + e.line(), null, null, null, Optional.empty()))
                        .toList();
            }
            List<Listener> half = listeners.subList(0, listeners.size() / 2);
            Map<Boolean, List<FuzzCase>> halves =
                    cases.stream().collect(Collectors.partitioningBy(one -> half.contains(one.listener())));
            return Stream.of(true, false)
                    .map(in -> judge(Objects.requireNonNull(halves.get(in))))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private List<Outcome> judgeTogether(List<FuzzCase> cases) {
        Map<Listener, Asked> asked = new LinkedHashMap<>();
        List<Listener> placed = new ArrayList<>();
        for (FuzzCase one : cases) {
            asked.computeIfAbsent(one.listener(), listener -> {
                String name = "l" + placed.size();
                placed.add(FuzzPlacement.placed(listener, name, one.proxied()));
                return new Asked(name, EnvoyConfigReader.read(List.of(listener), List.of(), List.of()));
            });
        }
        try (FuzzEnvoy envoy = FuzzEnvoy.start(placed)) {
            List<FuzzCall> calls = new ArrayList<>();
            for (FuzzCase one : cases) {
                String name = Objects.requireNonNull(asked.get(one.listener())).name();
                if (envoy.refusal(name) == null) {
                    calls.add(new FuzzCall(name, one.request(), one.proxied(), authorities));
                }
            }
            Iterator<FuzzSeen> seen = envoy.call(calls, patienceSeconds).iterator();
            List<Outcome> outcomes = new ArrayList<>();
            for (FuzzCase one : cases) {
                Asked by = Objects.requireNonNull(asked.get(one.listener()));
                String refusal = envoy.refusal(by.name());
                outcomes.add(outcome(one, refusal, by.reading(), refusal == null ? seen.next() : null));
            }
            return outcomes;
        }
    }

    /** A config as both have it: by its name in Envoy, and read by us. */
    private record Asked(String name, Reading reading) {}

    private static Outcome outcome(FuzzCase one, @Nullable String refusal, Reading reading, @Nullable FuzzSeen seen) {
        Verdict envoy = seen == null ? null : seen.verdict();
        return switch (reading) {
            case Reading.Refused refused ->
                new Outcome(one, refusal, String.join("; ", refused.reasons()), envoy, null, Optional.empty());
            case Reading.Read read -> {
                Request request = seen == null ? one.request() : seen.request();
                yield new Outcome(
                        one,
                        refusal,
                        null,
                        envoy,
                        decide(read.config(), request),
                        FuzzLifter.decide(read.config(), request));
            }
        };
    }

    private static Verdict decide(EnvoyConfig config, Request request) {
        return Decider.of(config, config.listeners().get(0), Instant.now())
                .decide(request)
                .verdict();
    }
}
