package dev.writ.runtime.testing;

import dev.writ.runtime.testing.steps.AccessSteps;
import dev.writ.runtime.testing.steps.CallSteps;
import dev.writ.runtime.testing.steps.ControlPlaneSteps;
import dev.writ.runtime.testing.steps.DeclarationSteps;
import dev.writ.runtime.testing.steps.Sentence;
import dev.writ.runtime.testing.steps.VerdictSteps;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.When;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Every step there is, and the page that documents them: {@code docs/steps.md}. */
public final class StepCatalogue {
    private static final String HEAD = """
            # Steps

            The sentences that features are written in. This page is generated from the step definitions; how to renew it is in
            `StepCatalogueTest`.

            A `.feature` file declares a policy by its Given steps and says by its When and Then steps how calls are decided. Each
            Then step is judged by all chosen judges (`writ test --judge model|snapshot|envoy|all`); where they disagree, it fails.
            A project of its own uses the steps by the glue `dev.writ.runtime.testing.steps`; the system property `writ.judge`
            chooses the judges there.

            To every other command the feature is a source: what its `Background` declares is the policy, for all its scenarios begin
            with it. What a scenario declares, or the `Background` of a `Rule`, holds there alone and is no part of it.

            Tags choose, of the feature, a rule, a scenario or its examples, and those of all of these count: `@target:kuma-2.13` what the
            scenario is judged for, each target where there are several (a command takes one, or `--target`); `@judge:model` by whom, of
            the judges that the run has; where it has none of them, the scenario is skipped. Keywords may be of any of Gherkin's
            languages (`# language: de`).
            """;

    /** Where the steps are defined. */
    static final List<Class<?>> CLASSES = List.of(
            DeclarationSteps.class, AccessSteps.class, ControlPlaneSteps.class, CallSteps.class, VerdictSteps.class);

    private StepCatalogue() {}

    /** In the order of the page. */
    static List<Sentence> sentences() {
        return CLASSES.stream()
                .flatMap(steps -> Arrays.stream(steps.getDeclaredMethods()))
                .map(StepCatalogue::sentence)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingInt(Sentence::order))
                .toList();
    }

    /** The steps as an editor proposes them, in the order of the page. */
    public static List<StepForm> forms() {
        return CLASSES.stream()
                .flatMap(steps -> Arrays.stream(steps.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Sentence.class))
                .sorted(Comparator.comparingInt(method -> sentence(method).order()))
                .map(method -> new StepForm(
                        kind(method),
                        sentence(method).value().replaceAll(" ?\\[[^]]*]", ""),
                        sentence(method).says()))
                .toList();
    }

    private static StepForm.Kind kind(Method method) {
        return method.isAnnotationPresent(Given.class)
                ? StepForm.Kind.GIVEN
                : method.isAnnotationPresent(When.class) ? StepForm.Kind.WHEN : StepForm.Kind.THEN;
    }

    /** The page, in Markdown. */
    public static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append(section("Given: declare", DeclarationSteps.class));
        page.append(section("Given: who may call whom", AccessSteps.class));
        page.append(section("Given: the control plane", ControlPlaneSteps.class));
        page.append(section("When: call", CallSteps.class));
        page.append(section("Then: judge", VerdictSteps.class));
        return page.toString();
    }

    private static String section(String title, Class<?> steps) {
        StringBuilder text = new StringBuilder("\n## " + title + "\n");
        Arrays.stream(steps.getDeclaredMethods())
                .map(StepCatalogue::sentence)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingInt(Sentence::order))
                .forEach(sentence -> text.append("\n### `")
                        .append(sentence.value())
                        .append("`\n\n")
                        .append(sentence.says())
                        .append("\n\n````gherkin\n")
                        .append(sentence.example().strip())
                        .append("\n````\n"));
        return text.toString();
    }

    private static Sentence sentence(Method method) {
        return method.getAnnotation(Sentence.class);
    }
}
