package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.NearName;
import dev.writ.runtime.testing.steps.Sentence;
import java.util.LinkedHashMap;
import java.util.Map;

/** What to say of a step that is worded like none of ours. What varies in a step counts for nothing in the comparison. */
final class NearestStep {
    private NearestStep() {}

    static String advice(String step) {
        Map<String, String> forms = new LinkedHashMap<>();
        for (Sentence sentence : StepCatalogue.sentences()) {
            forms.putIfAbsent(bare(sentence.value().replaceAll("\\[[^]]*]", "")), sentence.value());
            forms.putIfAbsent(bare(sentence.value().replaceAll("[\\[\\]]", "")), sentence.value());
        }
        String advice = NearName.of(bare(step), forms.keySet())
                .map(near -> "did you mean `" + forms.get(near) + "`?")
                .orElse("docs/steps.md lists the steps");
        return "there is no such step; " + advice;
    }

    private static String bare(String step) {
        return step.replaceAll("\"[^\"]*\"", "\"\"")
                .replaceAll("\\b(?:[A-Z]+|\\d+)\\b", "")
                .replaceAll("\\s+", " ")
                .replace("…", "")
                .trim();
    }
}
