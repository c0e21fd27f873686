package dev.writ.runtime.coverage;

import dev.writ.runtime.proxy.EnvoyLocator;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import dev.writ.runtime.testing.ChosenJudges;
import dev.writ.runtime.testing.FeatureResults;
import dev.writ.runtime.testing.FeatureRunner;
import dev.writ.runtime.testing.JudgeChoice;
import dev.writ.runtime.testing.JudgedCall;
import dev.writ.runtime.testing.TestPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A feature whose permission has some rules, run by the model judge: the mesh has {@code shop/web} with the ports 8080 (HTTP) and 9000
 * (TCP), {@code shop/db} with 5432 (HTTP) and {@code ops/job} without any.
 */
final class CoveredFeature {
    static final String SHOP = "spiffe://default.default.mesh.local/ns/shop";

    private static final String MESH = """
            mesh default
            identity all on workloads {
              id "spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
              issue bundled { autogenerate  self-signed }
            }
            workload shop/web {
              service-account web
              port 8080 http
              port 9000
            }
            workload shop/db {
              service-account db
              port 5432 http
            }
            workload ops/job {
              service-account job
            }
            """;

    private final Path folder;

    CoveredFeature(Path folder) {
        this.folder = folder;
        write("mesh.writ", MESH);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a scenario for each call, for a verdict that does not hold ends one.
     *
     * @param rules of the permission {@code p} on {@code shop/db}, one a line
     */
    List<JudgedCall> run(List<String> rules, String... calls) {
        return run(feature(rules, calls));
    }

    Path feature(List<String> rules, String... calls) {
        List<String> lines = new ArrayList<>(List.of(
                "Feature: f",
                "  Background:",
                "    Given the resources in \"mesh.writ\"",
                "    And the permission \"p\" on workload \"shop/db\":",
                "      \"\"\""));
        rules.forEach(rule -> lines.add("      " + rule));
        lines.add("      \"\"\"");
        for (String call : calls) {
            lines.add("  Scenario: s");
            call.lines().forEach(line -> lines.add("    " + line));
        }
        return write("f.feature", String.join("\n", lines) + "\n");
    }

    List<JudgedCall> run(Path feature) {
        List<String> told = new ArrayList<>();
        FeatureResults results;
        try (ChosenJudges judges = ChosenJudges.open(JudgeChoice.MODEL, new EnvoyLocator(), told::add)) {
            results = new FeatureRunner(judges, result -> told.add(String.valueOf(result.failure())))
                    .run(TestPlan.of(List.of(feature.toString())));
        } catch (EnvoyUnavailable e) {
            throw new AssertionError(e);
        }
        if (results.judged().isEmpty()) {
            throw new AssertionError(told + " " + results.problems());
        }
        return results.judged();
    }

    /** A call to the database, judged however it is decided. */
    static String call(String caller, String more) {
        return "When \"" + caller + "\" calls \"shop/db\"" + more + "\nThen the call is denied\n";
    }
}
