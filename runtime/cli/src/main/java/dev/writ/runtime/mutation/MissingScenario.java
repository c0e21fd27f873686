package dev.writ.runtime.mutation;

import dev.writ.runtime.testing.DeclaringSteps;
import dev.writ.runtime.testing.JudgedCall;
import dev.writ.runtime.testing.feature.WrittenSteps;
import dev.writ.runtime.testing.feature.WrittenSteps.Place;
import dev.writ.runtime.testing.feature.WrittenSteps.WrittenStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scenario that makes a call which was missing, for the policy of a scenario that there is.
 *
 * @param judged a call of the scenario whose policy it is for
 * @param written what that one declares
 */
public record MissingScenario(JudgedCall judged, WrittenSteps written, MissingCall missing, CallSentence sentence) {
    private static final String TARGET = "@target:";
    private static final String JUDGE = "@judge:";

    static Optional<MissingScenario> of(MissingCall missing, JudgedCall judged, CallSentence sentence) {
        return DeclaringSteps.of(judged).map(written -> new MissingScenario(judged, written, missing, sentence));
    }

    /** The scenario alone, to be pasted beside the one whose policy it is for. */
    public List<String> lines() {
        FeatureText text = new FeatureText(written.language());
        writeIn(text, 0, only(Place.SCENARIO));
        return text.toString().strip().lines().toList();
    }

    /** Where it is to be pasted: the feature, and the rule of it if that scenario is in one. */
    public String where() {
        return judged.scenario().file() + (written.rule().isEmpty() ? "" : ", under `" + written.rule() + "`");
    }

    List<WrittenStep> only(Place place) {
        return written.steps().stream().filter(step -> step.place() == place).toList();
    }

    /** Those of Writ's tags that a scenario of the same policy and the same judges has. */
    List<String> tags() {
        List<String> tags = new ArrayList<>();
        if (written.tags().stream().anyMatch(tag -> tag.startsWith(TARGET))) {
            tags.add(TARGET + missing.subject().compilation().model().target().id());
        }
        written.tags().stream().filter(tag -> tag.startsWith(JUDGE)).distinct().forEach(tags::add);
        return tags;
    }

    void writeIn(FeatureText text, int indent, List<WrittenStep> declared) {
        text.example(indent, sentence.title(missing.call(), missing.verdict()));
        text.given(indent + 2, declared);
        text.when(indent + 2, sentence.when(missing.call()));
        text.then(indent + 2, CallSentence.then(missing.verdict()));
    }
}
