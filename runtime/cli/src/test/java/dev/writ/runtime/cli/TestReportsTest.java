package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.testing.FeatureResults;
import dev.writ.runtime.testing.FeatureText;
import dev.writ.runtime.testing.JudgesDisagree.Opined;
import dev.writ.runtime.testing.ScenarioFailure;
import dev.writ.runtime.testing.ScenarioOutcome;
import dev.writ.runtime.testing.ScenarioResult;
import dev.writ.runtime.testing.ScheduledScenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code writ test} writes where; the formats themselves are in golden transcripts. */
class TestReportsTest {
    private static final String FEATURE = """
            Feature: shop
              Background:
                Given these workloads:
                  | workload | service account | ports |
                  | shop/web | web             | 8080  |
                And these identities:
                  | identity | SPIFFE ID                                        |
                  | all      | spiffe://shop.example/ns/{{ .Namespace }}/sa/web |
                And "spiffe://shop.example/ns/shop/**" may call "shop/web"
              Scenario: inside
                When "shop/web" calls "shop/web"
                Then the call is allowed
              Scenario: outside
                When "spiffe://shop.example/ns/ops/sa/a" calls "shop/web"
                Then the call is allowed
            """;

    @TempDir
    private Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path feature = Path.of("");

    @BeforeEach
    void write() throws IOException {
        feature = Files.writeString(temporary.resolve("a.feature"), FEATURE);
    }

    @Test
    void underGithubActionsFailuresAreAnnotationsFromTheRootOfTheRepository() {
        Map<String, String> environment =
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", String.valueOf(temporary.getParent()));

        assertThat(run(environment, false)).isEqualTo(ExitCode.NO);
        assertThat(out())
                .startsWith("::error file=" + temporary.getFileName()
                        + "/a.feature,line=15,col=5,title=outside::Then the call is allowed%0A"
                        + "expected allow, got deny (no rule matched)\n");
    }

    @Test
    void aChosenFormatGoesBeforeThatOfGithubActions() {
        run(Map.of("GITHUB_ACTIONS", "true"), false, "--format", "text");

        assertThat(out()).startsWith(feature + ":15:5: FAIL outside\n");
    }

    @Test
    void aPluginWithoutAFileHasTheStandardOutputForItself() {
        PrintStream before = System.out;

        assertThat(run(Map.of(), false, "--plugin", "json")).isEqualTo(ExitCode.NO);

        assertThat(out()).startsWith("[").contains("\"outside\"").doesNotContain("FAIL");
        assertThat(err()).contains("a.feature:15:5: FAIL outside", "2 scenarios: 1 passed, 1 failed");
        assertThat(System.out).isSameAs(before);
    }

    @Test
    void aTerminalSeesHowFarTheRunIs() {
        run(Map.of(), true, "--threads", "1");

        assertThat(err()).contains("\r\u001b[K1 of 2 scenarios", "\r\u001b[K2 of 2 scenarios, 1 failed");
        assertThat(err()).endsWith("\r\u001b[K");
    }

    @Test
    void noTerminalSeesNothingOfIt() {
        run(Map.of(), false);

        assertThat(err()).isEmpty();
    }

    @Test
    void ciSeesNothingOfItEvenWhereItHasATerminal() {
        run(Map.of("CI", "true"), true);

        assertThat(err()).isEmpty();
    }

    @Test
    void jsonIsTheSameHoweverManyScenariosAreRunAtATime() {
        run(Map.of(), false, "--format", "json", "--threads", "1");
        String one = out();
        out.reset();
        run(Map.of(), false, "--format", "json", "--threads", "4");

        assertThat(out()).isEqualTo(one).contains("\"kind\": \"expectation\"");
    }

    @Test
    void aDisagreementIsAKindOfItsOwnInEveryFormat() {
        ScenarioResult apart = disagreement();
        Invocation invocation =
                new Invocation(InputStream.nullInputStream(), print(out), print(err), Map.of(), false, false);

        assertThat(new GithubAnnotation(invocation).of(apart))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("::error file=a.feature,line=5,col=7,title=The judges disagree%3A 100%25 of them::")
                        .endsWith("%0A  model  allow%0A  envoy  deny (refused by TLS)"));
        assertThat(Json.text(TestJson.of(results(apart))))
                .contains("\"kind\": \"judges-disagree\"", "\"disagreements\": 1")
                .contains("\"judge\": \"envoy\",", "\"says\": \"deny (refused by TLS)\"");
        assertThat(FeatureText.of(apart)).contains("      model  allow", "      envoy  deny (refused by TLS)");
    }

    private static ScenarioResult disagreement() {
        ScheduledScenario scenario = new ScheduledScenario(
                URI.create("file:///a.feature"), "a.feature", 3, 3, "f", Optional.empty(), "100% of them", List.of());
        List<String> report = List.of(
                "    the judges disagree, which is a fault of Writ: a calls b",
                "      model  allow",
                "      envoy  deny (refused by TLS)");
        return new ScenarioResult(
                scenario,
                ScenarioOutcome.JUDGES_DISAGREE,
                Duration.ZERO,
                new ScenarioFailure(
                        5,
                        7,
                        "Then the call is allowed",
                        report,
                        List.of(new Opined("model", "allow"), new Opined("envoy", "deny (refused by TLS)"))));
    }

    private static FeatureResults results(ScenarioResult result) {
        return new FeatureResults(List.of(result), List.of(), null, List.of(), List.of(), new TreeMap<>(), List.of());
    }

    private int run(Map<String, String> environment, boolean terminal, String... options) {
        Invocation invocation =
                new Invocation(InputStream.nullInputStream(), print(out), print(err), environment, terminal, terminal);
        picocli.CommandLine command = new picocli.CommandLine(new TestCommand(invocation));
        String[] words = new String[options.length + 3];
        words[0] = feature.toString();
        words[1] = "--judge";
        words[2] = "model";
        System.arraycopy(options, 0, words, 3, options.length);
        return command.setCaseInsensitiveEnumValuesAllowed(true).execute(words);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
