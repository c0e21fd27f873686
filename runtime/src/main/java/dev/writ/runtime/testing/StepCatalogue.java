package dev.writ.runtime.testing;

import dev.writ.runtime.testing.steps.CallSteps;
import dev.writ.runtime.testing.steps.ControlPlaneSteps;
import dev.writ.runtime.testing.steps.DeclarationSteps;
import dev.writ.runtime.testing.steps.Sentence;
import dev.writ.runtime.testing.steps.VerdictSteps;
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
            """;

    /** Where the steps are defined. */
    static final List<Class<?>> CLASSES =
            List.of(DeclarationSteps.class, ControlPlaneSteps.class, CallSteps.class, VerdictSteps.class);

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

    /** The page, in Markdown. */
    public static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append(section("Given: declare", DeclarationSteps.class));
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
