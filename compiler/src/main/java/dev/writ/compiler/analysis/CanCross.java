package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;

/** Rules of which each may match calls that the other does not: plain texts nest or have nothing in common. */
final class CanCross {
    private CanCross() {}

    static boolean each(Rule one, Rule other) {
        return !isPlain(one) || !isPlain(other);
    }

    private static boolean isPlain(Rule rule) {
        return rule.conditions().isEmpty()
                && switch (rule.principal()) {
                    case Principal.Always always -> true;
                    case Principal.Exact exact -> true;
                    case Principal.Prefix prefix -> true;
                    case Principal.SanEquals san -> true;
                    case Principal.Segments segments -> false;
                    case Principal.AnyOf any -> false;
                    case Principal.AllOf all -> false;
                    case Principal.Not not -> false;
                };
    }
}
