package dev.writ.compiler.ir;

import java.util.List;

/** Rules of which the first that matches decides; where none does, the default, whose name is {@link #DEFAULT_NAME}. */
public record RuleList(List<Rule> rules, Action byDefault) {
    /** The name of the default in configs and verdicts. */
    public static final String DEFAULT_NAME = "default";

    public RuleList {
        rules = List.copyOf(rules);
    }
}
