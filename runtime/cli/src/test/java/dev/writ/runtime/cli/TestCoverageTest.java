package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCoverageTest {
    @TempDir
    private Path folder;

    private Path feature = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("mesh.writ"), """
                mesh default
                identity all on workloads {
                  id "spiffe://{{ .Mesh }}.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
                  issue bundled { autogenerate  self-signed }
                }
                workload shop/web {
                  port 80 http
                }
                permission web on workload shop/web {
                  allow spiffe://default.example/ns/shop/**
                }
                """);
        feature = Files.writeString(folder.resolve("a.feature"), """
                Feature: a
                  Background:
                    Given the resources in "mesh.writ"
                  Scenario: the shop
                    When "shop/web" calls "shop/web"
                    Then the call is allowed
                """);
    }

    @Test
    void theTextSaysWhatIsMissing() {
        CommandRun run = CommandRun.of("test", feature, "--judge", "model", "--coverage");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("1 scenario: 1 passed\n")
                .contains("coverage: 40 % of the policy, 2 of 5 points\n");
        assertThat(run.out().replace(folder + "/", "")).contains("""
                mesh.writ:10:9: allow `web`: 2 of 5 points tried, but not
                  the prefix itself           from spiffe://default.example/ns/shop
                  a look-alike of the prefix  from spiffe://default.example/ns/shop-2/sa/default
                  a sibling of the prefix     from spiffe://default.example/ns/other/sa/default
                """);
    }

    @Test
    void withoutTheOptionNothingIsSaidOfIt() {
        assertThat(CommandRun.of("test", feature, "--judge", "model").out()).isEqualTo("1 scenario: 1 passed\n");
    }

    @Test
    void lessThanTheLeastIsANo() {
        CommandRun less = CommandRun.of("test", feature, "--judge", "model", "--min-coverage", "40.1%");
        assertThat(less.exit()).isEqualTo(1);
        assertThat(less.out()).endsWith("coverage: below the 40.1 % that --min-coverage asks for\n");
        assertThat(CommandRun.of("test", feature, "--judge", "model", "--min-coverage", "40")
                        .exit())
                .isZero();
    }

    @Test
    void whatIsNoPercentageIsWrongUsage() {
        for (String wrong : new String[] {"many", "-1", "100.1", "1e1", "", "%"}) {
            CommandRun run = CommandRun.of("test", feature, "--min-coverage", wrong);
            assertThat(run.exit()).as(wrong).isEqualTo(2);
            assertThat(run.err()).contains("`" + wrong + "` is no percentage: it is a number from 0 to 100");
        }
    }

    @Test
    void eachFormatGoesToItsFile() throws IOException {
        Path json = folder.resolve("c.json");
        Path lcov = folder.resolve("c.info");
        Path html = folder.resolve("c.html");

        CommandRun run = CommandRun.of(
                "test",
                feature,
                "--judge",
                "model",
                "--coverage-json",
                json,
                "--coverage-lcov",
                lcov,
                "--coverage-html",
                html);

        assertThat(run.exit()).isZero();
        JsonNode coverage = new ObjectMapper().readTree(json.toFile());
        assertThat(coverage.get("percent").doubleValue()).isEqualTo(40);
        JsonNode rule = coverage.get("rules").get(0);
        assertThat(rule.get("location").get("line").intValue()).isEqualTo(10);
        assertThat(rule.get("effect").textValue()).isEqualTo("allow");
        assertThat(rule.get("decided").get("first").get("name").textValue()).isEqualTo("the shop");
        assertThat(rule.get("points").get(2).get("edge").textValue()).isEqualTo("look-alike");
        assertThat(rule.get("points").get(2).get("tried").get("times").intValue())
                .isZero();
        assertThat(coverage.get("workloads").get(0).get("workload").textValue()).isEqualTo("shop/web");
        assertThat(lcov).content().contains("SF:" + folder + "/mesh.writ").contains("DA:10,1");
        assertThat(html).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidBeforeAnythingIsRun() {
        CommandRun run =
                CommandRun.of("test", feature, "--judge", "model", "--coverage-lcov", folder.resolve("no/where.info"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("where.info");
    }

    @Test
    void withoutAScenarioThereIsNoCoverageToTell() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.feature"), "Feature: nothing\n");

        CommandRun run = CommandRun.of("test", empty, "--judge", "model", "--coverage");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
