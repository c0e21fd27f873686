package dev.writ.compiler.envoy;

import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.ResolvedMatcher.CallCondition;
import dev.writ.compiler.envoy.ResolvedMatcher.CallerGlob;
import dev.writ.compiler.envoy.ResolvedMatcher.Entry;
import dev.writ.compiler.envoy.ResolvedMatcher.Every;
import dev.writ.compiler.envoy.ResolvedMatcher.Leaf;
import dev.writ.compiler.envoy.ResolvedMatcher.Negation;
import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.envoy.ResolvedMatcher.Some;
import dev.writ.compiler.envoy.ResolvedMatcher.Test;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission.MutualTls;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Decides a call by a lowered tree as Envoy would: guard, leading list, exact map, longest prefix, root. */
final class TreeEvaluator {
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private TreeEvaluator() {}

    static Outcome decide(ResolvedMatcher tree, int port, Probe probe) {
        if (tree.guard() && !matches(MatcherEmitter.ONE_SPIFFE_ID, probe.caller())) {
            return new Outcome(Action.DENY, MutualTls.GUARD_NAME);
        }
        for (Entry entry : tree.leading()) {
            if (holds(entry.test(), port, probe)) {
                return entry.outcome();
            }
        }
        Leaf leaf = leaf(tree, probe.caller());
        for (Entry entry : leaf.entries()) {
            if (holds(entry.test(), port, probe)) {
                return entry.outcome();
            }
        }
        return leaf.otherwise();
    }

    private static Leaf leaf(ResolvedMatcher tree, String caller) {
        Leaf exact = tree.exact().get(caller);
        if (exact != null) {
            return exact;
        }
        for (int length = caller.length(); length > 0; length--) {
            Leaf leaf = tree.prefixes().get(caller.substring(0, length));
            if (leaf != null) {
                return leaf;
            }
        }
        return tree.root();
    }

    private static boolean holds(Test test, int port, Probe probe) {
        return switch (test) {
            case CallerGlob glob -> matches(glob.pattern().regex(), probe.caller());
            case CallCondition call -> LinearOracle.holds(call.condition(), port, probe);
            case Every every -> every.members().stream().allMatch(member -> holds(member, port, probe));
            case Some some -> some.members().stream().anyMatch(member -> holds(member, port, probe));
            case Negation not -> !holds(not.member(), port, probe);
        };
    }

    private static boolean matches(String regex, String caller) {
        return COMPILED.computeIfAbsent(regex, Pattern::compile).matcher(caller).matches();
    }
}
