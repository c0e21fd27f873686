package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * How the analysis grows from 1,000 rules to 10,000 and 100,000. What each step takes says little on a shared machine; its ratio to
 * the step before, of CPU time in one JVM, does. The ratios allowed are those of a prototype, and half as much again.
 */
class AnalysisScaleTest {
    private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);
    private static final List<Integer> RUNS = List.of(12, 3, 1);
    private static final double SLACK = 1.5;
    private static final int DECISIONS = 20_000;

    /** Whatever is shorter is not told from noise. */
    private static final double LEAST_MS = 0.5;

    @Test
    void tenTimesTheRulesTakeNoMoreThanTheirShare() {
        List<MeasuredPolicy> policies = SIZES.stream().map(MeasuredPolicy::new).toList();
        MeasuredPolicy small = policies.getFirst();
        for (int i = 0; i < RUNS.getFirst(); i++) {
            // So that the first figures are not those of the interpreter.
            small.build();
            small.equalsShuffled();
            small.differences();
            small.regions();
        }
        assertGrows("build", policies, MeasuredPolicy::build, 18.3, 19.1);
        assertGrows("equivalence, both built", policies, one -> one.equalsShuffled() ? 1 : 0, 20, 24);
        assertGrows("difference after five edits, both built", policies, MeasuredPolicy::differences, 18.3, 19.1);
        assertGrows("difference of built diagrams", policies, MeasuredPolicy::regions, 4.3, 20.8);
    }

    private static void assertGrows(
            String what, List<MeasuredPolicy> policies, ToIntFunction<MeasuredPolicy> step, double... ratios) {
        List<Double> figures = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            MeasuredPolicy policy = policies.get(i);
            figures.add(leastMillis(
                    RUNS.get(i),
                    () -> assertThat(step.applyAsInt(policy)).as(what).isPositive()));
        }
        System.out.printf(
                "%s of 1,000, 10,000 and 100,000 rules: %.2f, %.2f, %.2f ms of CPU%n",
                what, figures.get(0), figures.get(1), figures.get(2));
        for (int i = 0; i < ratios.length; i++) {
            assertThat(figures.get(i + 1))
                    .as("%s: %s", what, figures)
                    .isLessThan(Math.max(LEAST_MS, figures.get(i) * ratios[i] * SLACK));
        }
    }

    @Test
    void aDecisionIsThatOfTheRulesAndHardlyGrowsWithThem() {
        List<Double> figures = new ArrayList<>();
        for (int size : SIZES) {
            MeasuredPolicy policy = new MeasuredPolicy(size);
            for (int i = 0; i < 200; i++) {
                assertThat(policy.agrees()).isTrue();
            }
            figures.add(leastMillis(5, () -> {
                for (int i = 0; i < DECISIONS; i++) {
                    policy.decision();
                }
            }));
        }
        System.out.printf(
                "a decision with 1,000, 10,000 and 100,000 rules: %.0f, %.0f, %.0f ns of CPU%n",
                figures.stream().map(ms -> ms * 1_000_000 / DECISIONS).toArray());
        // A loop takes a hundred times as long.
        assertThat(figures.getLast()).as("%s", figures).isLessThan(8 * figures.getFirst());
    }

    /** Of this thread: unlike the clock it does not tell of what else the machine does. */
    private static double leastMillis(int runs, Runnable step) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < runs; i++) {
            long start = cpu();
            step.run();
            least = Math.min(least, cpu() - start);
        }
        return least / 1e6;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
