package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.Located;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the tags of a scenario, its examples, its rule and its feature together choose: {@code @target:kuma-2.13} what it is
 * judged for, {@code @judge:model} by whom. All other tags are other people's.
 */
record ScenarioTags(List<Located<Target>> targets, Set<JudgeChoice> judges) {
    private static final String TARGET = "@target:";
    private static final String JUDGE = "@judge:";

    ScenarioTags {
        targets = List.copyOf(targets);
        judges = judges.isEmpty() ? Set.of() : EnumSet.copyOf(judges);
    }

    static ScenarioTags of(List<Located<String>> tags, DiagnosticSink sink) {
        List<Located<Target>> targets = new ArrayList<>();
        Set<JudgeChoice> judges = EnumSet.noneOf(JudgeChoice.class);
        for (Located<String> tag : tags) {
            if (tag.value().startsWith(TARGET)) {
                addTarget(tag, targets, sink);
            } else if (tag.value().startsWith(JUDGE)) {
                String name = tag.value().substring(JUDGE.length());
                JudgeChoice.of(name).ifPresentOrElse(judges::add, () -> refuse(tag, "judge", name, judgeNames(), sink));
            }
        }
        return new ScenarioTags(targets, judges);
    }

    boolean admits(JudgeChoice judge) {
        return judges.isEmpty() || judges.stream().anyMatch(choice -> choice.includes(judge));
    }

    private static void addTarget(Located<String> tag, List<Located<Target>> targets, DiagnosticSink sink) {
        String name = tag.value().substring(TARGET.length());
        Target target = Target.of(name).orElse(null);
        if (target == null) {
            refuse(tag, "target", name, targetNames(), sink);
        } else if (targets.stream().noneMatch(before -> before.value() == target)) {
            targets.add(new Located<>(target, tag.span()));
        }
    }

    private static void refuse(Located<String> tag, String kind, String name, List<String> known, DiagnosticSink sink) {
        sink.add(
                DiagnosticId.SCHEMA_INVALID_VALUE,
                tag.span(),
                "there is no " + kind + " `" + name + "`",
                NearName.help(name, known).orElse("the " + kind + "s are " + String.join(", ", known)));
    }

    static List<String> targetNames() {
        return Arrays.stream(Target.values()).map(Target::id).toList();
    }

    private static List<String> judgeNames() {
        return Arrays.stream(JudgeChoice.values()).map(JudgeChoice::toString).toList();
    }
}
