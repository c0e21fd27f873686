package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.writ.runtime.testing.FeatureFolder.Outcome;
import dev.writ.runtime.testing.steps.Sentence;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/steps.md} is generated: {@code mvn -pl runtime/steps -am test -Dtest=StepCatalogueTest -Dgolden.update -Dsurefire.failIfNoSpecifiedTests=false} renews it. */
class StepCatalogueTest {
    private static final Path PAGE = Path.of(System.getProperty("writ.root"), "docs", "steps.md");

    private static final String DEMO = """
            Feature: an example
              Scenario: of a step
                Given the resources in "kuma-demo.yaml"
                And the resources in "identity.yaml"
                And the policy:
                  \"""
                  group tests {
                    spiffe://default.default.mesh.local/ns/tests/**
                  }
                  \"""
            """;
    private static final String RULES = """
                And the permission "kv-callers" on all workloads:
                  \"""
                  shadow-deny  spiffe://default.default.mesh.local/ns/legacy/**
                  allow        spiffe://default.default.mesh.local/ns/kuma-demo/**
                  \"""
            """;
    private static final String OUTSIDERS = """

                When "spiffe://default.default.mesh.local/ns/nobody/sa/web" calls "kuma-demo/kv"
                Then the call is denied
            """;
    private static final List<String> CONTEXTS = List.of(
            DEMO + "%s" + OUTSIDERS,
            "Feature: an example\n  Scenario: of a step\n    Given the resources in \"identity.yaml\"\n%s" + OUTSIDERS,
            "Feature: an example\n  Scenario: of a step\n%s\n" + """
                    And the resources in "kuma-demo.yaml"
                """ + OUTSIDERS,
            DEMO + RULES + "%s\n    Then the call is allowed\n",
            DEMO + RULES + "%s\n    Then the call is denied\n",
            DEMO + RULES + "    When \"kuma-demo/demo-app\" calls \"kuma-demo/kv\"\n%s\n",
            DEMO + RULES
                    + "    When \"spiffe://default.default.mesh.local/ns/other/sa/x\" calls \"kuma-demo/kv\"\n%s\n",
            DEMO + RULES
                    + "    When \"spiffe://default.default.mesh.local/ns/legacy/sa/x\" calls \"kuma-demo/kv\"\n%s\n",
            DEMO + RULES + "    When \"plaintext\" calls \"kuma-demo/kv\"\n%s\n",
            DEMO + """
                    And the target "kuma-3"
                    And the permission "none" on workloads where app is "kv":
                      \"""yaml
                      - default:
                          allow:
                            - {}
                      \"""
                    When "kuma-demo/demo-app" calls "kuma-demo/kv"
                """ + "%s\n");

    @TempDir
    private Path temporary;

    @Test
    void thePageIsWhatTheStepsSay() throws IOException {
        String page = StepCatalogue.page();
        String before = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        if (!before.equals(page) && System.getProperty("golden.update") != null) {
            assertThat(System.getenv("CI")).as("a page is not renewed in CI").isNotEqualTo("true");
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
            fail("docs/steps.md was renewed: read it, and run again without -Dgolden.update");
        }
        assertThat(before)
                .as("docs/steps.md is stale; renew it with -Dgolden.update")
                .isEqualTo(page);
    }

    @Test
    void everyStepIsDocumented() {
        assertThat(steps().keySet())
                .allSatisfy(method -> assertThat(method.getAnnotation(Sentence.class))
                        .as(method.getName())
                        .isNotNull());
        assertThat(StepCatalogue.sentences().stream().map(Sentence::order)).doesNotHaveDuplicates();
    }

    @Test
    void everyExampleIsOfItsStepAndOfNoOther() {
        Map<Method, String> steps = steps();
        steps.forEach((method, own) -> {
            String example = method.getAnnotation(Sentence.class).example().strip();
            String sentence = example.lines().findFirst().orElseThrow().replaceFirst("^(Given|When|Then) ", "");
            List<String> matching = steps.values().stream()
                    .filter(pattern ->
                            Pattern.compile(pattern).matcher(sentence).find())
                    .toList();
            assertThat(matching).as(sentence).containsExactly(own);
        });
    }

    /** Each in a scenario that it makes sense in: with the demo's resources or without, after one call or before another. */
    @Test
    void everyExampleRuns() throws IOException {
        FeatureFolder folder = new FeatureFolder(temporary);
        Path demo = PAGE.resolveSibling("../features/kuma-demo");
        for (String name : List.of("kuma-demo.yaml", "identity.yaml")) {
            folder.write(name, Files.readString(demo.resolve(name)));
        }
        folder.write("east/demo.yaml", Files.readString(demo.resolve("kuma-demo.yaml")));
        Files.createDirectories(temporary.resolve("files"));
        for (Sentence sentence : StepCatalogue.sentences()) {
            List<String> said = new ArrayList<>();
            assertThat(CONTEXTS.stream().anyMatch(context -> {
                        Outcome outcome = folder.run(context.formatted(
                                sentence.example().strip().indent(4).stripTrailing()));
                        said.add(outcome.text());
                        return outcome.lines().contains("1 scenario: 1 passed");
                    }))
                    .as(() -> sentence.example() + String.join("\n", said))
                    .isTrue();
        }
    }

    @Test
    void aStepThatIsMissedByALetterIsSuggested() {
        assertThat(NearestStep.advice("the call is alowed by \"x\""))
                .contains("`the call is allowed [by \"PERMISSION\"]`");
        assertThat(NearestStep.advice("the permission \"p\" on workload where app is \"kv\":"))
                .contains("`the permission \"NAME\" on workloads where LABEL is \"VALUE\" [and LABEL is \"VALUE\"]:`");
        assertThat(NearestStep.advice("the ressources in \"x.yaml\"")).contains("`the resources in \"PATH\"`");
    }

    private static Map<Method, String> steps() {
        Map<Method, String> steps = new LinkedHashMap<>();
        StepCatalogue.CLASSES.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .forEach(method -> {
                    String pattern = pattern(method);
                    if (pattern != null) {
                        steps.put(method, pattern);
                    }
                });
        assertThat(steps).isNotEmpty();
        return steps;
    }

    private static @Nullable String pattern(Method method) {
        Given given = method.getAnnotation(Given.class);
        When when = method.getAnnotation(When.class);
        Then then = method.getAnnotation(Then.class);
        return given != null ? given.value() : when != null ? when.value() : then != null ? then.value() : null;
    }
}
