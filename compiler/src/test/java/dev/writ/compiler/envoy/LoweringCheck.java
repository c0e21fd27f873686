package dev.writ.compiler.envoy;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Protocol;
import java.util.List;
import java.util.Optional;

/** The property: a lowered list says what the list says, by the same rule. */
final class LoweringCheck {
    static final Inbound INBOUND = Policies.inbound(RandomPolicy.PORT, Protocol.HTTP);

    private LoweringCheck() {}

    static ResolvedMatcher lower(RuleList rules, boolean guard) {
        DiagnosticSink sink = new DiagnosticSink();
        return new MatcherLowering(sink)
                .lower(rules, INBOUND, guard)
                .orElseThrow(() -> new AssertionError("refused: " + sink.sorted()));
    }

    /** The first call that the tree decides otherwise than the rules. */
    static Optional<Probe> difference(RuleList rules, boolean guard, ResolvedMatcher tree, List<Probe> probes) {
        return probes.stream()
                .filter(probe -> !TreeEvaluator.decide(tree, RandomPolicy.PORT, probe)
                        .equals(LinearOracle.decide(rules, RandomPolicy.PORT, guard, probe)))
                .findFirst();
    }
}
