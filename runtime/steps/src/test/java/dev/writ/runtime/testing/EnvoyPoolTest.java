package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.proxy.EnvoyLocator;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suite of many configs by real Envoys. Without an Envoy on the machine nothing is tested. */
class EnvoyPoolTest {
    private static final int CONFIGS = 14;

    @TempDir
    private Path temporary;

    @Test
    void aSuiteMayHaveMoreConfigsThanEnvoysAreKeptAndComeBackToEach() throws Exception {
        Assumptions.assumeTrue(new EnvoyLocator().find().isPresent());
        FeatureFolder folder = new FeatureFolder(temporary);
        String scenarios = IntStream.range(0, 2 * CONFIGS)
                .mapToObj(i -> """
                          Scenario: %d
                            Given the permission "db-callers" on workloads where app is "db":
                              \"""
                              allow spiffe://default.default.mesh.local/ns/shop/sa/caller-%d
                              \"""
                            When "spiffe://default.default.mesh.local/ns/shop/sa/caller-%d" calls "shop/db"
                            Then the call is allowed by "db-callers"
                        """.formatted(i, i % CONFIGS, i % CONFIGS))
                .collect(Collectors.joining());
        folder.write("a.feature", "Feature: f\n  Background:\n    Given the resources in \"mesh.yaml\"\n" + scenarios);

        FeatureFolder.Outcome outcome = folder.run(
                ChosenJudges.open(JudgeChoice.ENVOY, new EnvoyLocator(), line -> {}),
                folder.plan("a.feature").withThreads(3));

        assertThat(outcome.text()).isEqualTo(2 * CONFIGS + " scenarios: " + 2 * CONFIGS + " passed");
        assertThat(outcome.results().verdicts()).containsEntry("envoy", 2 * CONFIGS);
    }
}
