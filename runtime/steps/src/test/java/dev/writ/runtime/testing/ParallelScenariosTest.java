package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelScenariosTest {
    private static final int SCENARIOS = 24;
    private static final int AT_A_TIME = 4;

    @TempDir
    private Path temporary;

    private FeatureFolder folder;

    @BeforeEach
    void open() {
        folder = new FeatureFolder(temporary);
    }

    @Test
    void whatIsToldIsTheSameHoweverManyAreRunAtATime() {
        folder.write("b.feature", feature("b"));
        folder.write("a.feature", feature("a"));
        TestPlan plan = folder.plan("b.feature", "a.feature");

        FeatureFolder.Outcome one = folder.run(FeatureFolder.byModel(), plan);
        FeatureFolder.Outcome several = folder.run(FeatureFolder.byModel(), plan.withThreads(AT_A_TIME));

        assertThat(several.lines()).isEqualTo(one.lines());
        assertThat(several.lines().getFirst()).isEqualTo("b.feature:13:5: FAIL b 1");
        assertThat(several.results().failed()).isEqualTo(SCENARIOS);
        assertThat(several.results().verdicts()).isEqualTo(one.results().verdicts());
    }

    @Test
    void scenariosAreJudgedAtTheSameTime() {
        folder.write("a.feature", feature("a"));
        CyclicBarrier together = new CyclicBarrier(AT_A_TIME);

        FeatureFolder.Outcome outcome = folder.run(
                FeatureFolder.bench(policy -> List.of(waiting(new ModelJudge(policy.policy()), together))),
                folder.plan("a.feature").withThreads(AT_A_TIME));

        assertThat(outcome.results().scenarios()).isEqualTo(SCENARIOS);
        assertThat(outcome.results().failed()).isEqualTo(SCENARIOS / 2);
    }

    @Test
    void whatARunTellsOfItsProgressCountsEachScenarioOnce() {
        Path feature = folder.write("a.feature", feature("a"));
        int[] last = new int[3];

        new FeatureRunner(FeatureFolder.byModel(), new RunListener() {
                    @Override
                    public void result(ScenarioResult result) {}

                    @Override
                    public void progress(int ended, int failed, int scheduled) {
                        assertThat(ended).isEqualTo(last[0] + 1);
                        last[0] = ended;
                        last[1] = failed;
                        last[2] = scheduled;
                    }
                })
                .run(TestPlan.of(List.of(feature.toString())).withThreads(AT_A_TIME));

        assertThat(last).containsExactly(SCENARIOS, SCENARIOS / 2, SCENARIOS);
    }

    /** Gives a verdict only once as many scenarios ask for one as are to be run at a time. */
    private static Judge waiting(Judge judge, CyclicBarrier together) {
        return new Judge() {
            @Override
            public String name() {
                return judge.name();
            }

            @Override
            public Verdict judge(Call call) {
                try {
                    together.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
                return judge.judge(call);
            }
        };
    }

    /** Every second scenario fails. */
    private static String feature(String name) {
        String scenarios = IntStream.range(0, SCENARIOS)
                .mapToObj(i -> """
                          Scenario: %s %d
                            When "%s" calls "shop/db"
                            Then the call is allowed
                        """.formatted(name, i, i % 2 == 0 ? "shop/web" : "ops/job"))
                .collect(Collectors.joining());
        return """
                Feature: %s
                  Background:
                    Given the resources in "mesh.yaml"
                    And the permission "db-callers" on workloads where app is "db":
                      \"""
                      allow spiffe://default.default.mesh.local/ns/shop/**
                      \"""
                """.formatted(name) + scenarios;
    }
}
