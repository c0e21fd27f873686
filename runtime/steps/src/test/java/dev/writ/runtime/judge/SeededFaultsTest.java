package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.ClientValidation.SpiffeTrust;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.NetworkFilter;
import dev.writ.compiler.envoy.config.NetworkFilter.HttpConnection;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.PathHandling;
import dev.writ.compiler.envoy.config.PathHandling.EscapedSlashes;
import dev.writ.compiler.envoy.config.Predicate;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of these faults, in the lowering, the emitter, the decoder or the evaluator, shows as a disagreement of the two judges. */
class SeededFaultsTest {
    private static final long SEED = 7;
    private static final int POLICIES = 600;
    private static final int CALLS = 40;

    static Stream<Named<Duel>> faults() {
        return Stream.of(
                Named.of("a rule is dropped", rules(ConfigFaults::withoutFirst)),
                Named.of("rules are swapped", rules(SeededFaultsTest::reversed)),
                Named.of("an exact id is widened to a prefix", rules(SeededFaultsTest::widened)),
                Named.of("conditions are dropped", rules(SeededFaultsTest::unconditional)),
                Named.of(
                        "the default is turned",
                        Duel.withPolicy(policy -> with(
                                policy,
                                new RuleList(
                                        policy.enforced().rules(),
                                        policy.enforced().byDefault() == Action.ALLOW ? Action.DENY : Action.ALLOW)))),
                Named.of(
                        "shadow is dropped",
                        Duel.withPolicy(policy -> new InboundPolicy(
                                policy.inbound(), policy.admission(), policy.enforced(), Optional.empty()))),
                Named.of(
                        "shadow is the enforced rules",
                        Duel.withPolicy(policy -> new InboundPolicy(
                                policy.inbound(),
                                policy.admission(),
                                policy.enforced(),
                                policy.shadow().map(shadow -> policy.enforced())))),
                Named.of(
                        "the guard is dropped",
                        Duel.withPolicy(policy -> new InboundPolicy(
                                policy.inbound(), unguarded(policy.admission()), policy.enforced(), policy.shadow()))),
                Named.of("on no match is ignored", matchers(ConfigFaults::withoutOnNoMatch)),
                Named.of("the shortest prefix wins", matchers(SeededFaultsTest::shortestPrefixes)),
                Named.of("exact maps ignore case", matchers(SeededFaultsTest::ignoringCase)),
                Named.of(
                        "prefix maps are exact",
                        matchers(matcher -> matcher instanceof Matcher.PrefixMap map
                                ? new Matcher.ExactMap(map.input(), map.entries(), map.onNoMatch())
                                : matcher)),
                Named.of(
                        "exact maps are prefixes",
                        matchers(matcher -> matcher instanceof Matcher.ExactMap map
                                ? new Matcher.PrefixMap(map.input(), map.entries(), map.onNoMatch())
                                : matcher)),
                Named.of(
                        "the last entry of a list wins",
                        matchers(matcher -> matcher instanceof Matcher.FirstOf list
                                ? new Matcher.FirstOf(reversed(list.entries()), list.onNoMatch())
                                : matcher)),
                Named.of(
                        "the first entry of a list is lost",
                        matchers(matcher -> matcher instanceof Matcher.FirstOf list
                                ? new Matcher.FirstOf(ConfigFaults.withoutFirst(list.entries()), list.onNoMatch())
                                : matcher)),
                Named.of("negations are lost", matchers(SeededFaultsTest::unnegated)),
                Named.of(
                        "list predicates always hold",
                        matchers(matcher -> matcher instanceof Matcher.FirstOf list
                                ? new Matcher.FirstOf(
                                        list.entries().stream()
                                                .map(entry -> new Matcher.Entry(
                                                        new Predicate.Not(new Predicate.AnyOf(List.of())),
                                                        entry.onMatch()))
                                                .toList(),
                                        list.onNoMatch())
                                : matcher)),
                Named.of(
                        "actions are turned",
                        Duel.withConfig(config -> ConfigFaults.actions(
                                config,
                                act -> new OnMatch.Act(
                                        act.name(), act.effect() == Effect.DENY ? Effect.ALLOW : Effect.DENY)))),
                Named.of(
                        "actions have other names",
                        Duel.withConfig(config ->
                                ConfigFaults.actions(config, act -> new OnMatch.Act(act.name() + "!", act.effect())))),
                Named.of(
                        "shadow is enforced",
                        rbacs(rbac -> new Rbac(
                                rbac.shadow() instanceof RbacRules.Absent ? rbac.enforced() : rbac.shadow(),
                                rbac.shadow()))),
                Named.of("nothing is enforced", rbacs(rbac -> new Rbac(new RbacRules.Absent(), rbac.shadow()))),
                Named.of(
                        "a trust domain is added",
                        trust(trust -> new SpiffeTrust(added(trust.trustDomains(), "c.example"), List.of()))),
                Named.of(
                        "a trust domain is lost",
                        trust(trust ->
                                new SpiffeTrust(ConfigFaults.withoutFirst(trust.trustDomains()), trust.sanMatchers()))),
                Named.of("san matchers are lost", trust(trust -> new SpiffeTrust(trust.trustDomains(), List.of()))),
                Named.of(
                        "tls is optional",
                        Duel.withConfig(config -> ConfigFaults.transport(config, tls -> new Transport.Plaintext()))),
                Named.of(
                        "the server name is not inspected",
                        Duel.withConfig(
                                config -> ConfigFaults.listeners(config, listener -> listener.withFilters(List.of())))),
                Named.of(
                        "paths are not normalised",
                        Duel.withConfig(
                                config -> pathHandling(config, new PathHandling(false, false, EscapedSlashes.REJECT)))),
                Named.of(
                        "escaped slashes are kept",
                        Duel.withConfig(
                                config -> pathHandling(config, new PathHandling(true, true, EscapedSlashes.KEEP)))),
                Named.of("any uri san may match", Duel.withJudge(AnyUriSan::new)),
                Named.of("uri sans are joined in another order", Duel.withJudge(ReversedUriSans::new)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultShowsAsADisagreement(Duel duel) {
        assertThat(duel.fight(SEED, POLICIES, CALLS)).isPresent();
    }

    private static Duel rules(UnaryOperator<List<Rule>> fault) {
        return Duel.withPolicy(policy -> with(
                policy,
                new RuleList(
                        fault.apply(policy.enforced().rules()),
                        policy.enforced().byDefault())));
    }

    private static Duel matchers(UnaryOperator<Matcher> fault) {
        return Duel.withConfig(config -> ConfigFaults.matchers(config, fault));
    }

    private static Duel rbacs(UnaryOperator<Rbac> fault) {
        return Duel.withConfig(config -> ConfigFaults.rbacs(config, fault));
    }

    private static Duel trust(UnaryOperator<SpiffeTrust> fault) {
        return Duel.withConfig(config -> ConfigFaults.transport(config, transport -> {
            Transport.Tls tls = (Transport.Tls) transport;
            return new Transport.Tls(tls.requireClientCertificate(), fault.apply((SpiffeTrust) tls.validation()));
        }));
    }

    private static InboundPolicy with(InboundPolicy policy, RuleList enforced) {
        return new InboundPolicy(policy.inbound(), policy.admission(), enforced, policy.shadow());
    }

    private static Admission unguarded(Admission admission) {
        return admission instanceof MutualTls tls
                ? new MutualTls(tls.trustDomains(), tls.sanPrefixes(), false)
                : admission;
    }

    private static List<Rule> widened(List<Rule> rules) {
        return rules.stream()
                .map(rule -> rule.principal() instanceof Principal.Exact exact
                        ? new Rule(rule.action(), new Principal.Prefix(exact.value()), rule.conditions(), rule.origin())
                        : rule)
                .toList();
    }

    private static List<Rule> unconditional(List<Rule> rules) {
        return rules.stream()
                .map(rule -> new Rule(rule.action(), rule.principal(), List.of(), rule.origin()))
                .toList();
    }

    private static Matcher shortestPrefixes(Matcher matcher) {
        if (!(matcher instanceof Matcher.PrefixMap map)) {
            return matcher;
        }
        Map<String, OnMatch> shortest = new LinkedHashMap<>(map.entries());
        shortest.keySet()
                .removeIf(key ->
                        map.entries().keySet().stream().anyMatch(other -> !other.equals(key) && key.startsWith(other)));
        return new Matcher.PrefixMap(map.input(), shortest, map.onNoMatch());
    }

    private static Matcher ignoringCase(Matcher matcher) {
        if (!(matcher instanceof Matcher.ExactMap map)) {
            return matcher;
        }
        List<Matcher.Entry> entries = new ArrayList<>();
        map.entries()
                .forEach((key, onMatch) -> entries.add(new Matcher.Entry(
                        new Predicate.Matches(map.input(), new TextMatcher.Exact(key.toUpperCase(Locale.ROOT), true)),
                        onMatch)));
        return new Matcher.FirstOf(entries, map.onNoMatch());
    }

    private static Matcher unnegated(Matcher matcher) {
        return matcher instanceof Matcher.FirstOf list
                ? new Matcher.FirstOf(
                        list.entries().stream()
                                .map(entry -> entry.predicate() instanceof Predicate.Not not
                                        ? new Matcher.Entry(not.member(), entry.onMatch())
                                        : entry)
                                .toList(),
                        list.onNoMatch())
                : matcher;
    }

    private static EnvoyConfig pathHandling(EnvoyConfig config, PathHandling handling) {
        return ConfigFaults.listeners(config, listener -> {
            FilterChain chain = listener.chains().get(0);
            List<NetworkFilter> filters = chain.filters().stream()
                    .<NetworkFilter>map(filter -> filter instanceof HttpConnection http
                            ? new HttpConnection(handling, http.filters())
                            : filter)
                    .toList();
            return listener.withChains(
                    List.of(new FilterChain(chain.transport(), filters, chain.unmodelled())), listener.defaultChain());
        });
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static <T> List<T> added(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    /** Judges each URI SAN by itself, as {@code principal_name} and TLS SAN matchers do. */
    private record AnyUriSan(SnapshotJudge judge) implements Judge {
        @Override
        public String name() {
            return judge.name();
        }

        @Override
        public Verdict judge(Call call) {
            return call.caller() instanceof Caller.Certificate certificate
                    ? certificate.uriSans().stream()
                            .map(uriSan -> judge.judge(withCaller(call, List.of(uriSan))))
                            .filter(verdict -> verdict.decision() == Verdict.Decision.ALLOW)
                            .findFirst()
                            .orElseGet(() -> judge.judge(call))
                    : judge.judge(call);
        }
    }

    private record ReversedUriSans(SnapshotJudge judge) implements Judge {
        @Override
        public String name() {
            return judge.name();
        }

        @Override
        public Verdict judge(Call call) {
            return call.caller() instanceof Caller.Certificate certificate
                    ? judge.judge(withCaller(call, reversed(certificate.uriSans())))
                    : judge.judge(call);
        }
    }

    private static Call withCaller(Call call, List<String> uriSans) {
        return new Call(
                new Caller.Certificate(uriSans), call.to(), call.port(), call.sni(), call.method(), call.path());
    }
}
