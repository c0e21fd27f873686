package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Rule;
import java.util.List;
import java.util.Optional;

/** What a rule of a list comes to, for all callers. */
public sealed interface Standing {

    /**
     * It decides calls, and stays where spare rules are left out.
     *
     * @param witness one of the calls it decides; empty where only strings that are no SPIFFE ID are looked at, and none was made
     */
    record Decides(Optional<Witness> witness) implements Standing {}

    /**
     * It decides calls, which without it and all other spare rules are decided alike.
     *
     * @param witness one of them
     * @param instead the rules that then decide, in their order
     * @param byDefault whether of some calls no rule decides then
     */
    record Spare(Optional<Witness> witness, List<Rule> instead, boolean byDefault) implements Standing {
        public Spare {
            instead = List.copyOf(instead);
        }
    }

    /**
     * It matches calls and decides none of them.
     *
     * @param by the rules that do, in their order
     */
    record Hidden(List<Rule> by) implements Standing {
        public Hidden {
            by = List.copyOf(by);
        }
    }

    /** It matches no call at all. */
    record Matchless() implements Standing {}
}
