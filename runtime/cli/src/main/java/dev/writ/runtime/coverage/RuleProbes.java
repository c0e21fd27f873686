package dev.writ.runtime.coverage;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.testing.TestedPolicy;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;

/** The rules of one policy's inbounds, made ready once for each list: inbounds of the same permissions share theirs. */
final class RuleProbes {
    private final TestedPolicy policy;
    private final NavigableMap<SourceSpan, RuleTally> tallies;
    private final IdentityHashMap<RuleList, List<RuleProbe>> known = new IdentityHashMap<>();

    /** @param tallies gets those of the policy's rules; policies of one source share them */
    RuleProbes(TestedPolicy policy, NavigableMap<SourceSpan, RuleTally> tallies) {
        this.policy = policy;
        this.tallies = tallies;
    }

    /** What rules have in common that are made of one rule of the source, but for the callers. */
    private record Source(SourceSpan place, List<Condition> conditions) {}

    List<RuleProbe> enforced(InboundPolicy inbound) {
        return known.computeIfAbsent(inbound.enforced(), this::probes);
    }

    List<RuleProbe> shadow(InboundPolicy inbound) {
        return inbound.shadow()
                .map(rules -> known.computeIfAbsent(rules, this::shadow))
                .orElse(List.of());
    }

    private List<RuleProbe> shadow(RuleList rules) {
        rules.rules().forEach(rule -> tally(rule).shadows());
        return probes(rules);
    }

    private List<RuleProbe> probes(RuleList rules) {
        List<RuleProbe> probes = new ArrayList<>();
        Map<Source, List<Principal>> ofWorkloads = new LinkedHashMap<>();
        for (Rule rule : rules.rules()) {
            if (isOfWorkloads(rule)) {
                ofWorkloads
                        .computeIfAbsent(new Source(rule.origin().span(), rule.conditions()), none -> new ArrayList<>())
                        .add(rule.principal());
            }
        }
        for (Rule rule : rules.rules()) {
            Source source = new Source(rule.origin().span(), rule.conditions());
            List<Principal> all = isOfWorkloads(rule) ? ofWorkloads.remove(source) : List.of(rule.principal());
            if (all != null) {
                Principal callers = all.size() == 1 ? all.getFirst() : new Principal.AnyOf(all);
                probes.add(new RuleProbe(tally(rule), callers, boundaries(rule, all), rule.conditions()));
            }
        }
        return probes;
    }

    private static List<Boundary> boundaries(Rule rule, List<Principal> callers) {
        if (!isOfWorkloads(rule)) {
            return CallerBoundary.of(rule.principal());
        }
        TreeSet<String> ids = new TreeSet<>();
        for (Principal caller : callers) {
            if (caller instanceof Principal.Exact exact) {
                ids.add(exact.value());
            }
        }
        return List.of(new CallerBoundary.OfWorkloads(ids));
    }

    /** Whether the SPIFFE ID stands in no source: the rule names workloads, and their templates give it. */
    private static boolean isOfWorkloads(Rule rule) {
        return rule.principal() instanceof Principal.Exact
                && !rule.origin().span().text().contains("://")
                && !rule.origin().span().text().contains("group ");
    }

    private RuleTally tally(Rule rule) {
        CoveredRule.Effect effect = rule.action() == Action.ALLOW ? CoveredRule.Effect.ALLOW : CoveredRule.Effect.DENY;
        return tallies.computeIfAbsent(
                rule.origin().span(), place -> new RuleTally(place, policy.shownName(rule), effect));
    }
}
