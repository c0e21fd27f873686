package dev.writ.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.writ.runtime.judge.Request;
import dev.writ.runtime.judge.Verdict;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random configs of RBAC and random requests, judged by the snapshot judge and by a real Envoy. The seed is fixed; a longer run is
 * {@code -Dwrit.fuzz.pairs=10000 -Dwrit.fuzz.seed=…}. A disagreement is made small and printed as a table for {@code writ decide}.
 */
class DifferentialFuzzTest {
    private static final int PAIRS = Integer.getInteger("writ.fuzz.pairs", 1_000);
    private static final long SEED = Long.getLong("writ.fuzz.seed", 20_261_121L);
    private static final int SHRUNK = Integer.getInteger("writ.fuzz.shrunk", 1);
    private static final int CONFIGS = 200;
    private static final int REQUESTS = 5;

    private final FuzzAuthorities authorities = new FuzzAuthorities();
    private final FuzzRound round = new FuzzRound(authorities, 30);
    private final FuzzCensus census = new FuzzCensus();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Listener, FuzzRound.Outcome> crashes = new LinkedHashMap<>();
    private final Map<String, Integer> unknown = new TreeMap<>();

    @Test
    void theSnapshotJudgeAndEnvoyAgree() {
        RealEnvoy.require();
        long start = System.nanoTime();
        Random seeds = new Random(SEED);
        List<FuzzRound.Outcome> disagreements = new ArrayList<>();
        int pairs = 0;
        while (pairs < PAIRS && disagreements.isEmpty()) {
            List<FuzzRound.Outcome> outcomes = round.judge(cases(seeds));
            outcomes.forEach(this::count);
            outcomes.stream()
                    .filter(outcome -> outcome.isDisagreement() || outcome.isSilent())
                    .forEach(disagreements::add);
            pairs += outcomes.size();
        }
        System.out.printf(
                "%d pairs in %.1f s: %s%nunknown %s%n", pairs, (System.nanoTime() - start) / 1e9, counts, unknown);
        crashes.values().forEach(crash -> System.out.println("a config that ends Envoy:\n" + crash));
        if (PAIRS > 1_000) {
            census.pairs().forEach((kind, count) -> System.out.printf("%6d %s%n", count, kind));
        }
        if (!disagreements.isEmpty()) {
            disagreements.forEach(disagreement -> System.out.println(disagreement.said()));
            Map<String, FuzzRound.Outcome> kinds = new LinkedHashMap<>();
            disagreements.forEach(disagreement -> kinds.putIfAbsent(disagreement.kind(), disagreement));
            String smallest = kinds.values().stream()
                    .limit(SHRUNK)
                    .map(disagreement -> new FuzzShrinking(new FuzzRound(authorities, 2)).smallest(disagreement))
                    .map(String::valueOf)
                    .collect(Collectors.joining("\n"));
            assertThat(disagreements.size() + " disagreements; made small:\n" + smallest)
                    .isEmpty();
        }
        int judged = counts.getOrDefault("ALLOW", 0) + counts.getOrDefault("DENY", 0);
        assertThat(counts.getOrDefault("ALLOW", 0) * 100 / judged).isBetween(30, 70);
        assertThat(counts.getOrDefault("lifted by RBAC", 0) * 100 / judged).isGreaterThanOrEqualTo(4);
    }

    private List<FuzzCase> cases(Random seeds) {
        List<FuzzCase> cases = new ArrayList<>();
        for (int i = 0; i < CONFIGS; i++) {
            FuzzValues values = new FuzzValues(new Random(seeds.nextLong()), i % 4 == 0);
            boolean proxied = values.below(4) > 0;
            boolean told = !proxied && values.oneIn(2);
            Listener listener = FuzzMessages.listener(new FuzzListeners(values, authorities, proxied, told).listener());
            if (values.oneIn(12)) {
                listener = spoilt(listener, values);
            }
            for (int j = 0; j < REQUESTS; j++) {
                Request request = new FuzzRequests(values, proxied, told).request();
                cases.add(new FuzzCase(listener, request, proxied));
            }
        }
        return cases;
    }

    private static Listener spoilt(Listener listener, FuzzValues values) {
        List<Message> all = FuzzMessages.edited(listener, FuzzEdits::spoilt).toList();
        try {
            return all.isEmpty()
                    ? listener
                    : Listener.parseFrom(values.pick(all).toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private void count(FuzzRound.Outcome outcome) {
        if (outcome.isCrash()) {
            counts.merge("ended Envoy", 1, Integer::sum);
            crashes.merge(outcome.of().listener(), outcome, (first, same) -> first);
            return;
        }
        if (outcome.isRefused()) {
            counts.merge("refused by both", 1, Integer::sum);
            return;
        }
        Verdict envoy = outcome.envoy();
        if (envoy != null) {
            census.add(outcome.of().listener());
            counts.merge(envoy.decision().name(), 1, Integer::sum);
            counts.merge("by " + envoy.stage(), 1, Integer::sum);
            if (outcome.lifted().isPresent()) {
                counts.merge("lifted", 1, Integer::sum);
                counts.merge("lifted by " + envoy.stage(), 1, Integer::sum);
            }
        }
        if (outcome.isUnknown()) {
            unknown.merge(String.valueOf(Objects.requireNonNull(outcome.ours()).reason()), 1, Integer::sum);
        }
    }
}
