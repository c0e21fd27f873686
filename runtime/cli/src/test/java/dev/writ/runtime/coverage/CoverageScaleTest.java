package dev.writ.runtime.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.testing.JudgedCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageScaleTest {
    private static final int RULES = 1_000;
    private static final int CALLS = 1_000;

    @TempDir
    private Path temporary;

    @Test
    void aThousandRulesAndAThousandCallsCostLittle() {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < RULES; i++) {
            String id = "spiffe://default.default.mesh.local/ns/n" + i;
            rules.add(
                    switch (i % 4) {
                        case 0 -> "allow " + id + "/**";
                        case 1 -> "allow " + id + "/sa/web to GET \"/api/**\"";
                        case 2 -> "deny " + id + "/*/evil";
                        default -> "allow prefix \"" + id + "-\" to POST";
                    });
        }
        StringBuilder table =
                new StringBuilder("Then these calls are decided so:\n| caller | callee | path | decision |\n");
        for (int i = 0; i < CALLS; i++) {
            table.append("| spiffe://default.default.mesh.local/ns/n")
                    .append(i)
                    .append("/sa/web | shop/db | /api/x | deny |\n");
        }
        List<JudgedCall> judged = new CoveredFeature(temporary).run(rules, table.toString());

        long start = System.nanoTime();
        PolicyCoverage coverage = PolicyCoverage.of(judged);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        System.out.println("coverage of 1,000 rules by 1,000 calls: " + taken.toMillis() + " ms");
        assertThat(judged).hasSize(CALLS);
        assertThat(coverage.rules()).hasSize(RULES);
        assertThat(coverage.rules().stream().filter(rule -> !rule.decided().never()))
                .hasSize(500);
        assertThat(taken).isLessThan(Duration.ofSeconds(20));
    }
}
