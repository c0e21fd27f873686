package dev.writ.runtime.mutation;

import dev.writ.compiler.analysis.InboundEdit;
import dev.writ.compiler.analysis.RuleListEdit;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.InboundPolicy.Form;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The mutants of an inbound's policy: each of its rules changed in each way. A rule whose action is changed goes where the target
 * would have put it: since Kuma 2.14, and in Writ's own target, before all allows; before that, before those of its entry.
 */
final class InboundMutants {
    private final InboundPolicy policy;
    private final Target target;
    private final List<Rule> rules;
    private final List<Rule> shadow;
    private final List<String> trustDomains;
    private final List<Planned> found = new ArrayList<>();
    private final Set<RuleKey> keys = new HashSet<>();

    /** A mutant and what it changes here. */
    record Planned(RuleKey key, Rule rule, Operator operator, String words, InboundEdit edit) {}

    private InboundMutants(InboundPolicy policy, Target target) {
        this.policy = policy;
        this.target = target;
        this.rules = policy.enforced().rules();
        this.shadow = policy.shadow().map(RuleList::rules).orElse(List.of());
        this.trustDomains = switch (policy.admission()) {
            case Admission.MutualTls tls -> tls.trustDomains();
            case Admission.Permissive permissive -> permissive.mutual().trustDomains();
            case Admission.Plaintext plaintext -> List.of();
            case Admission.Undecidable open -> List.of();
        };
    }

    static List<Planned> of(InboundPolicy policy, Target target) {
        InboundMutants mutants = new InboundMutants(policy, target);
        Map<Rule, List<Integer>> reports = new HashMap<>();
        for (int i = 0; i < mutants.shadow.size(); i++) {
            reports.computeIfAbsent(as(Action.ALLOW, mutants.shadow.get(i)), none -> new ArrayList<>())
                    .add(i);
        }
        for (int i = 0; i < mutants.rules.size(); i++) {
            List<Integer> reported = reports.getOrDefault(mutants.rules.get(i), new ArrayList<>());
            mutants.mutate(i, reported.isEmpty() ? Optional.empty() : Optional.of(reported.removeFirst()));
        }
        return mutants.found;
    }

    /** @param report the shadow rule that belongs to a rule */
    private void mutate(int number, Optional<Integer> report) {
        Rule rule = rules.get(number);
        String action = report.isPresent() ? "shadow-deny" : rule.action() == Action.ALLOW ? "allow" : "deny";
        RuleKey key = RuleKey.of(rule, action);
        while (!keys.add(key)) {
            key = key.next();
        }
        Mutating mutating = new Mutating(key, number, rule, report);
        mutating.drop();
        mutating.otherAction();
        mutating.widen();
        if (isOrderOfAuthor() && number + 1 < rules.size()) {
            mutating.otherOrder(rules.get(number + 1));
        }
    }

    private boolean isDenyFirst() {
        return !target.isKuma() || target.isKumaSince(Target.KUMA_2_14);
    }

    private boolean isOrderOfAuthor() {
        return !isDenyFirst() && policy.form() == Form.MATCHER;
    }

    private static Rule as(Action action, Rule rule) {
        return new Rule(action, rule.principal(), rule.conditions(), rule.origin());
    }

    /** All that is done to one rule. */
    private final class Mutating {
        private final RuleKey key;
        private final int number;
        private final Rule rule;
        private final Optional<Integer> report;

        Mutating(RuleKey key, int number, Rule rule, Optional<Integer> report) {
            this.key = key;
            this.number = number;
            this.rule = rule;
            this.report = report;
        }

        void drop() {
            add(Operator.DROP_RULE, "dropped", Optional.of(replaced(number, List.of())), withoutReport());
        }

        void otherAction() {
            // In a legacy `from`, where the groups of clients are disjoint, to deny is to drop the allow.
            boolean canDeny = policy.form() == Form.MATCHER;
            if (report.isPresent()) {
                add(Operator.OTHER_ACTION, "shadow-deny → allow", Optional.empty(), withoutReport());
                if (canDeny) {
                    add(Operator.OTHER_ACTION, "shadow-deny → deny", Optional.of(moved(Action.DENY)), withoutReport());
                }
            } else if (canDeny) {
                boolean isAllow = rule.action() == Action.ALLOW;
                add(
                        Operator.OTHER_ACTION,
                        isAllow ? "allow → deny" : "deny → allow",
                        Optional.of(moved(isAllow ? Action.DENY : Action.ALLOW)),
                        Optional.empty());
            }
        }

        void widen() {
            for (PrincipalVariants.Wider wider : PrincipalVariants.of(rule.principal(), trustDomains)) {
                replace(new Variant(
                        wider.operator(),
                        wider.words(),
                        wider.instead().stream()
                                .map(callers -> new Rule(rule.action(), callers, rule.conditions(), rule.origin()))
                                .toList()));
            }
            for (ConditionVariants.Wider wider : ConditionVariants.of(rule.conditions())) {
                replace(new Variant(
                        wider.operator(),
                        wider.words(),
                        List.of(new Rule(rule.action(), rule.principal(), wider.instead(), rule.origin()))));
            }
        }

        /** Rules of one entry have no order: the denies come first there. */
        void otherOrder(Rule next) {
            boolean isOneEntry = rule.origin().label().equals(next.origin().label())
                    && rule.origin().entry() == next.origin().entry();
            if (rule.action() != next.action() && !isOneEntry) {
                add(
                        Operator.OTHER_ORDER,
                        "behind " + (next.action() == Action.ALLOW ? "allow " : "deny ")
                                + PrincipalWords.of(next.principal()) + " of `"
                                + next.origin().label() + "`",
                        Optional.of(new RuleListEdit(number, number + 2, List.of(rule))),
                        Optional.empty());
            }
        }

        private void replace(Variant variant) {
            add(
                    variant.operator(),
                    variant.words(),
                    Optional.of(replaced(number, variant.instead())),
                    report.map(at -> replaced(
                            at,
                            variant.instead().stream()
                                    .map(one -> as(Action.DENY, one))
                                    .toList())));
        }

        private Optional<RuleListEdit> withoutReport() {
            return report.map(at -> replaced(at, List.of()));
        }

        private RuleListEdit moved(Action action) {
            int first = number;
            int last = number;
            while (first > 0 && isBeside(rules.get(first - 1))) {
                first--;
            }
            while (last + 1 < rules.size() && isBeside(rules.get(last + 1))) {
                last++;
            }
            int slot = IntStream.rangeClosed(first, last)
                    .filter(at -> rules.get(at).action() == Action.ALLOW)
                    .findFirst()
                    .orElse(last + 1);
            return new RuleListEdit(number, slot, List.of(as(action, rule)));
        }

        /** Whether the target, not the author, says in what order both stand. */
        private boolean isBeside(Rule other) {
            return isDenyFirst()
                    || rule.origin().label().equals(other.origin().label())
                            && rule.origin().entry() == other.origin().entry();
        }

        private void add(
                Operator operator, String words, Optional<RuleListEdit> enforced, Optional<RuleListEdit> reported) {
            found.add(new Planned(key, rule, operator, words, new InboundEdit(enforced, reported)));
        }
    }

    private static RuleListEdit replaced(int at, List<Rule> instead) {
        return new RuleListEdit(at, at, instead);
    }
}
