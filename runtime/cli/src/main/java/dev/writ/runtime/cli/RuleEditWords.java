package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.RuleEdit;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What has become of a rule, in a line: {@code exact → prefix "spiffe://…/ns/kuma-demo"}. */
final class RuleEditWords {
    private static final int MOST_MEMBERS = 2;

    private RuleEditWords() {}

    /** Empty where the rule stands as before. */
    static String of(RuleEdit edit) {
        Rule before = edit.before();
        Rule after = edit.after();
        if (before == null || after == null) {
            return before != null ? "gone: " + rule(before) : after != null ? "new: " + rule(after) : "";
        }
        List<String> changes = new ArrayList<>();
        if (before.action() != after.action()) {
            changes.add(action(before) + " → " + action(after));
        }
        if (!before.principal().equals(after.principal())) {
            changes.add(principals(before.principal(), after.principal()));
        }
        if (!before.conditions().equals(after.conditions())) {
            changes.add(conditions(before) + " → " + conditions(after));
        }
        return String.join(", ", changes);
    }

    private static String rule(Rule rule) {
        String conditions = rule.conditions().isEmpty() ? "" : ", " + conditions(rule);
        return action(rule) + " " + words(rule.principal()) + conditions;
    }

    private static String action(Rule rule) {
        return rule.action().name().toLowerCase(Locale.ROOT);
    }

    /** The kind alone where the text is the same. */
    private static String principals(Principal before, Principal after) {
        return before instanceof Principal.Exact exact
                        && after instanceof Principal.Prefix prefix
                        && exact.value().equals(prefix.value())
                ? "exact → " + words(after)
                : before instanceof Principal.Prefix wider
                                && after instanceof Principal.Exact narrower
                                && wider.value().equals(narrower.value())
                        ? "prefix → " + words(after)
                        : words(before) + " → " + words(after);
    }

    private static String words(Principal principal) {
        return switch (principal) {
            case Principal.Always always -> "every caller";
            case Principal.Exact exact -> "exact \"" + exact.value() + "\"";
            case Principal.Prefix prefix -> "prefix \"" + prefix.value() + "\"";
            case Principal.SanEquals san -> "SAN \"" + san.value() + "\"";
            case Principal.Segments segments ->
                "spiffe://"
                        + segments.segments().stream()
                                .map(segment -> segment.orElse("*"))
                                .collect(Collectors.joining("/"))
                        + (segments.below() ? "/**" : "");
            case Principal.AnyOf any -> joined(any.members(), " or ");
            case Principal.AllOf all -> joined(all.members(), " and ");
            case Principal.Not not -> "not " + words(not.member());
        };
    }

    private static String joined(List<Principal> members, String word) {
        if (members.isEmpty()) {
            return word.equals(" or ") ? "no caller" : "every caller";
        }
        String some =
                members.stream().limit(MOST_MEMBERS).map(RuleEditWords::words).collect(Collectors.joining(word));
        int others = members.size() - MOST_MEMBERS;
        return others > 0 ? some + word + others + " more" : some;
    }

    private static String conditions(Rule rule) {
        return rule.conditions().isEmpty()
                ? "every request"
                : rule.conditions().stream().map(RuleEditWords::words).collect(Collectors.joining(" "));
    }

    private static String words(Condition condition) {
        return switch (condition) {
            case Condition.Port port -> "port " + port.port();
            case Condition.Sni sni -> "SNI " + sni.serverName();
            case Condition.Method method -> String.join("|", method.methods());
            case Condition.Path path -> path.path();
            case Condition.PathPrefix prefix -> prefix.prefix() + "*";
        };
    }
}
