package dev.writ.runtime.judge;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes a disagreement smaller while the judges still disagree: fewer rules, conditions, members, a plainer call. */
final class Shrinking {
    private final Duel duel;

    Shrinking(Duel duel) {
        this.duel = duel;
    }

    Duel.Disagreement smallest(Duel.Disagreement disagreement) {
        Duel.Disagreement best = disagreement;
        Optional<Duel.Disagreement> smaller = Optional.of(best);
        while (smaller.isPresent()) {
            best = smaller.get();
            Duel.Disagreement current = best;
            smaller = Stream.concat(
                            smallerPolicies(current.policy()).map(policy -> duel.disagreement(policy, current.call())),
                            smallerCalls(current.call()).map(call -> duel.disagreement(current.policy(), call)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return best;
    }

    private static Stream<InboundPolicy> smallerPolicies(InboundPolicy policy) {
        Stream<InboundPolicy> withoutShadow = policy.shadow().stream()
                .map(shadow ->
                        new InboundPolicy(policy.inbound(), policy.admission(), policy.enforced(), Optional.empty()));
        Stream<InboundPolicy> enforced = smallerRules(policy.enforced())
                .map(rules -> new InboundPolicy(policy.inbound(), policy.admission(), rules, policy.shadow()));
        Stream<InboundPolicy> shadow = policy.shadow().stream()
                .flatMap(Shrinking::smallerRules)
                .map(rules ->
                        new InboundPolicy(policy.inbound(), policy.admission(), policy.enforced(), Optional.of(rules)));
        return Stream.of(withoutShadow, enforced, shadow).flatMap(Function.identity());
    }

    private static Stream<RuleList> smallerRules(RuleList list) {
        return smallerLists(list.rules(), Shrinking::smallerRule).map(rules -> new RuleList(rules, list.byDefault()));
    }

    private static Stream<Rule> smallerRule(Rule rule) {
        Stream<Rule> fewerConditions = Shrinking.<Condition>smallerLists(rule.conditions(), condition -> Stream.empty())
                .map(conditions -> new Rule(rule.action(), rule.principal(), conditions, rule.origin()));
        Stream<Rule> plainer = smallerPrincipals(rule.principal())
                .map(principal -> new Rule(rule.action(), principal, rule.conditions(), rule.origin()));
        return Stream.concat(fewerConditions, plainer);
    }

    private static Stream<Principal> smallerPrincipals(Principal principal) {
        return switch (principal) {
            case Principal.Always always -> Stream.empty();
            case Principal.SanEquals san -> Stream.empty();
            case Principal.Exact exact -> Stream.empty();
            case Principal.Prefix prefix -> Stream.empty();
            case Principal.Segments segments -> Stream.empty();
            case Principal.AnyOf any ->
                Stream.concat(
                        any.members().stream(),
                        smallerLists(any.members(), Shrinking::smallerPrincipals)
                                .map(Principal.AnyOf::new));
            case Principal.AllOf all ->
                Stream.concat(
                        all.members().stream(),
                        smallerLists(all.members(), Shrinking::smallerPrincipals)
                                .map(Principal.AllOf::new));
            case Principal.Not not ->
                Stream.concat(
                        Stream.of(not.member()), smallerPrincipals(not.member()).map(Principal.Not::new));
        };
    }

    /** The list without one of its members, or with a smaller one. */
    private static <T> Stream<List<T>> smallerLists(List<T> list, Function<T, Stream<T>> smaller) {
        List<List<T>> candidates = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            List<T> without = new ArrayList<>(list);
            without.remove(i);
            candidates.add(without);
        }
        for (int i = 0; i < list.size(); i++) {
            int at = i;
            smaller.apply(list.get(i)).forEach(member -> {
                List<T> with = new ArrayList<>(list);
                with.set(at, member);
                candidates.add(with);
            });
        }
        return candidates.stream();
    }

    private static Stream<Call> smallerCalls(Call call) {
        List<Call> calls = new ArrayList<>();
        if (call.sni() != null) {
            calls.add(new Call(call.caller(), call.to(), call.port(), null, call.method(), call.path()));
        }
        if (call.method() != null) {
            calls.add(new Call(call.caller(), call.to(), call.port(), call.sni(), null, call.path()));
        }
        if (call.path() != null) {
            calls.add(new Call(call.caller(), call.to(), call.port(), call.sni(), call.method(), null));
        }
        if (call.caller() instanceof Caller.Certificate certificate
                && certificate.uriSans().size() > 1) {
            certificate
                    .uriSans()
                    .forEach(uriSan -> calls.add(new Call(
                            new Caller.Certificate(List.of(uriSan)),
                            call.to(),
                            call.port(),
                            call.sni(),
                            call.method(),
                            call.path())));
        }
        return calls.stream();
    }
}
