package dev.writ.runtime.mutation;

import dev.writ.runtime.testing.feature.WrittenSteps.Place;
import dev.writ.runtime.testing.feature.WrittenSteps.WrittenStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scenarios that are missing as a feature of its own: a rule for each policy, whose background declares what the scenarios
 * declare that are there, by the same files.
 */
public final class MissingFeature {
    private static final Pattern PATH = Pattern.compile(
            "^((?:the resources|the zone \"[^\"]*\" with the resources|the files of the control plane) in \")"
                    + "([^\"]+)\"$");

    private final Path folder;
    private final Map<Declared, List<MissingScenario>> rules = new LinkedHashMap<>();
    private final Map<Declared, String> names = new LinkedHashMap<>();

    private record Declared(List<WrittenStep> ofFeature, List<WrittenStep> others, List<String> tags) {}

    private MissingFeature(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        this.folder = parent == null ? Path.of("").toAbsolutePath() : parent;
    }

    /** @param file that it is written to: files are named from there */
    public static String text(List<MissingScenario> scenarios, Path file) {
        MissingFeature feature = new MissingFeature(file);
        scenarios.forEach(feature::add);
        return feature.text(language(scenarios));
    }

    private static String language(List<MissingScenario> scenarios) {
        Set<String> languages = new LinkedHashSet<>();
        scenarios.forEach(scenario -> languages.add(scenario.written().language()));
        return languages.size() == 1 ? languages.iterator().next() : "en";
    }

    private void add(MissingScenario scenario) {
        List<WrittenStep> others = new ArrayList<>(scenario.only(Place.RULE));
        others.addAll(scenario.only(Place.SCENARIO));
        Declared declared =
                new Declared(placed(scenario.only(Place.FEATURE), scenario), placed(others, scenario), scenario.tags());
        rules.computeIfAbsent(declared, none -> new ArrayList<>()).add(scenario);
        names.computeIfAbsent(declared, none -> name(scenario));
    }

    private String name(MissingScenario scenario) {
        boolean isOfScenario = !scenario.only(Place.SCENARIO).isEmpty();
        String rule = scenario.written().rule();
        String name = isOfScenario
                ? scenario.judged().scenario().name()
                : rule.isEmpty() ? scenario.written().feature() : rule;
        return names.containsValue(name)
                ? name + " ("
                        + scenario.missing()
                                .subject()
                                .compilation()
                                .model()
                                .target()
                                .id() + ")"
                : name;
    }

    private List<WrittenStep> placed(List<WrittenStep> steps, MissingScenario scenario) {
        Path before = Path.of(scenario.judged().scenario().file())
                .toAbsolutePath()
                .normalize()
                .getParent();
        return steps.stream()
                .map(step -> new WrittenStep(
                        Place.SCENARIO,
                        before == null ? step.text() : placed(step.text(), before),
                        step.docString(),
                        step.mediaType(),
                        step.table()))
                .toList();
    }

    private String placed(String sentence, Path before) {
        Matcher path = PATH.matcher(sentence);
        if (!path.matches() || Path.of(path.group(2)).isAbsolute()) {
            return sentence;
        }
        Path file = before.resolve(path.group(2)).normalize();
        String relative = folder.relativize(file).toString().replace('\\', '/');
        return path.group(1) + (relative.isEmpty() ? "." : relative) + "\"";
    }

    private String text(String language) {
        List<List<WrittenStep>> backgrounds =
                rules.keySet().stream().map(Declared::ofFeature).distinct().toList();
        boolean isShared = backgrounds.size() == 1;
        FeatureText text = new FeatureText(language);
        text.feature(
                "what the other scenarios do not tell",
                List.of("Calls that a mistake in the policy would decide otherwise, and no other scenario makes."));
        if (isShared) {
            text.background(2, backgrounds.getFirst());
        }
        rules.forEach((declared, scenarios) -> {
            text.rule(declared.tags(), names.getOrDefault(declared, ""));
            List<WrittenStep> own = new ArrayList<>(isShared ? List.of() : declared.ofFeature());
            own.addAll(declared.others());
            text.background(4, own);
            scenarios.forEach(scenario -> scenario.writeIn(text, 4, List.of()));
        });
        return text.toString();
    }
}
