package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.NearName;
import dev.writ.runtime.testing.steps.Sentence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to say of a step that is worded like none of ours. What varies in a step counts for nothing in the comparison. */
final class NearestStep {
    private static final Pattern OPTIONAL = Pattern.compile("\\[([^]]*)]");

    private NearestStep() {}

    static String advice(String step) {
        return "there is no such step; " + help(step).orElse("docs/steps.md lists the steps");
    }

    /** The step that was meant. */
    static Optional<String> help(String step) {
        Map<String, String> forms = new LinkedHashMap<>();
        for (Sentence sentence : StepCatalogue.sentences()) {
            wordings(sentence.value()).forEach(wording -> forms.putIfAbsent(bare(wording), sentence.value()));
        }
        return NearName.of(bare(step), forms.keySet()).map(near -> "did you mean `" + forms.get(near) + "`?");
    }

    /** Every way to say a sentence, with and without each of its optional parts. */
    private static List<String> wordings(String form) {
        Matcher optional = OPTIONAL.matcher(form);
        if (!optional.find()) {
            return List.of(form);
        }
        String before = form.substring(0, optional.start());
        List<String> wordings = new ArrayList<>();
        for (String rest : wordings(form.substring(optional.end()))) {
            wordings.add(before + rest);
            wordings.add(before + optional.group(1) + rest);
        }
        return wordings;
    }

    private static String bare(String step) {
        return step.replaceAll("\"[^\"]*\"", "\"\"")
                .replaceAll("\\b(?:[A-Z]+|\\d+)\\b", "")
                .replace("…", "")
                .replaceAll("\\s+", " ")
                .trim();
    }
}
