package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.writ.runtime.testing.steps.CallSteps;
import dev.writ.runtime.testing.steps.ControlPlaneSteps;
import dev.writ.runtime.testing.steps.DeclarationSteps;
import dev.writ.runtime.testing.steps.Sentence;
import dev.writ.runtime.testing.steps.VerdictSteps;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/steps.md} is generated: {@code mvn -pl runtime -am test -Dtest=StepCatalogueTest -Dgolden.update -Dsurefire.failIfNoSpecifiedTests=false} renews it. */
class StepCatalogueTest {
    private static final Path PAGE = Path.of(System.getProperty("writ.root"), "docs", "steps.md");

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
        Stream.of(DeclarationSteps.class, ControlPlaneSteps.class, CallSteps.class, VerdictSteps.class)
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
