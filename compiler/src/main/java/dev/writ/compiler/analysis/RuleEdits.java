package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that only one of two sides has, and which of them are one rule before and after: of one permission, the most alike first.
 */
final class RuleEdits {
    /** Above this, rules are taken for each other in their order: comparing all pairs takes too long. */
    private static final int MOST_PAIRS = 10_000;

    private final IdentityHashMap<Rule, RuleEdit> edits = new IdentityHashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    /** What a rule is, wherever it stands. */
    private record Content(Object action, Object principal, Object conditions) {
        static Content of(Rule rule) {
            return new Content(rule.action(), rule.principal(), rule.conditions());
        }
    }

    private RuleEdits() {}

    static RuleEdits between(List<Rule> before, List<Rule> after) {
        RuleEdits found = new RuleEdits();
        Map<String, List<Rule>> gone = only(before, after);
        Map<String, List<Rule>> added = only(after, before);
        added.forEach((name, rules) -> found.pair(gone.getOrDefault(name, List.of()), rules));
        gone.forEach((name, rules) -> {
            if (!added.containsKey(name)) {
                found.pair(rules, List.of());
            }
        });
        return found;
    }

    private static Map<String, List<Rule>> only(List<Rule> here, List<Rule> there) {
        Set<Content> others = new HashSet<>();
        there.forEach(rule -> others.add(Content.of(rule)));
        Map<String, List<Rule>> only = new LinkedHashMap<>();
        for (Rule rule : here) {
            if (!others.contains(Content.of(rule))) {
                only.computeIfAbsent(rule.origin().label(), none -> new ArrayList<>())
                        .add(rule);
            }
        }
        return only;
    }

    private void pair(List<Rule> gone, List<Rule> added) {
        List<Rule> left = new ArrayList<>(gone);
        boolean isFew = (long) gone.size() * added.size() <= MOST_PAIRS;
        for (Rule rule : added) {
            int best = left.isEmpty() ? -1 : 0;
            for (int i = 1; isFew && i < left.size(); i++) {
                best = likeness(left.get(i), rule) > likeness(left.get(best), rule) ? i : best;
            }
            @Nullable Rule old = best < 0 ? null : left.remove(best);
            put(new RuleEdit(old, rule));
        }
        left.forEach(rule -> put(new RuleEdit(rule, null)));
    }

    private void put(RuleEdit edit) {
        for (Rule rule : new @Nullable Rule[] {edit.before(), edit.after()}) {
            if (rule != null) {
                edits.put(rule, edit);
                rules.add(rule);
            }
        }
    }

    private static int likeness(Rule one, Rule other) {
        int likeness = one.action() == other.action() ? 100 : 0;
        likeness += one.conditions().equals(other.conditions()) ? 100 : 0;
        String text = text(one.principal());
        String otherText = text(other.principal());
        int same = 0;
        while (same < Math.min(text.length(), otherText.length()) && text.charAt(same) == otherText.charAt(same)) {
            same++;
        }
        return likeness + (text.equals(otherText) ? 10_000 : same);
    }

    private static String text(Principal principal) {
        return switch (principal) {
            case Principal.Exact exact -> exact.value();
            case Principal.Prefix prefix -> prefix.value();
            case Principal.SanEquals san -> san.value();
            case Principal.Segments segments -> segments.toString();
            case Principal.Always always -> "";
            case Principal.AnyOf any -> any.toString();
            case Principal.AllOf all -> all.toString();
            case Principal.Not not -> not.toString();
        };
    }

    /** What has become of a rule of either side. */
    RuleEdit of(@Nullable Rule rule) {
        return rule == null ? RuleEdit.NONE : edits.getOrDefault(rule, RuleEdit.NONE);
    }

    boolean isEdited(Rule rule) {
        return edits.containsKey(rule);
    }

    /** All rules that only one side has. */
    List<Rule> rules() {
        return rules;
    }
}
