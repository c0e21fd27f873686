package dev.writ.compiler.ir;

import java.util.List;

/** One line of a {@link RuleList}: if the caller is in {@code principal} and all conditions hold, the action is taken. */
public record Rule(Action action, Principal principal, List<Condition> conditions, Origin origin) {
    public Rule {
        conditions = List.copyOf(conditions);
    }
}
