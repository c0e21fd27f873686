package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.analysis.Change.Kind;
import dev.writ.compiler.envoy.LinearOracle;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.RandomPolicy;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A difference names every kind of change that some call shows, and each witness is one. */
class ComparisonTest {
    private static final int POLICIES = 500;
    private static final List<String> TRUSTED = List.of("a", "a.b", "ab", "a-b");

    private static InboundPolicy policy(RuleList rules) {
        MutualTls tls = new MutualTls(
                TRUSTED,
                TRUSTED.stream().map(domain -> "spiffe://" + domain + "/").toList(),
                false);
        return new InboundPolicy(Policies.inbound(RandomPolicy.PORT, Protocol.HTTP), tls, rules, Optional.empty());
    }

    private static boolean isAllowed(RuleList rules, Probe probe) {
        return rules.rules().stream()
                        .filter(rule -> rule.conditions().stream()
                                .allMatch(condition -> LinearOracle.holds(condition, RandomPolicy.PORT, probe)))
                        .filter(rule -> LinearOracle.contains(rule.principal(), probe.caller()))
                        .map(Rule::action)
                        .findFirst()
                        .orElse(rules.byDefault())
                == Action.ALLOW;
    }

    private static boolean isTrusted(String caller) {
        return SpiffeId.of(caller)
                .filter(id -> !id.path().isEmpty() && TRUSTED.contains(id.trustDomain()))
                .isPresent();
    }

    private static List<Change> changes(RuleList before, RuleList after, String... inventory) {
        Difference difference = PolicyAnalysis.compare(
                new Side.Written(policy(before)),
                new Side.Written(policy(after)),
                false,
                Universe.VALID_IDS,
                new KnownCallers(List.of(inventory), IssuableIds.of(List.of())));
        return ((Difference.Known) difference).changes();
    }

    @Test
    void everyChangeThatAProbeShowsIsFoundAndEveryWitnessShowsOne() {
        int found = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList before = random.rules(Action.DENY);
            List<Rule> edited = new ArrayList<>(before.rules());
            edited.remove(seed % edited.size());
            if (seed % 2 == 0) {
                edited.addAll(
                        seed % Math.max(1, edited.size()),
                        random.rules(Action.DENY).rules().subList(0, 1));
            }
            RuleList after = new RuleList(edited, Action.DENY);
            List<Change> changes = changes(before, after);
            for (Change change : changes) {
                Witness call = change.witness();
                Probe probe = new Probe(
                        call.uriSans().getFirst(),
                        call.method() == null ? "GET" : call.method(),
                        call.path() == null ? "/" : call.path(),
                        call.serverName());
                assertThat(isTrusted(probe.caller()))
                        .as("seed %d: %s", seed, change)
                        .isTrue();
                assertThat(isAllowed(after, probe))
                        .as("seed %d: %s", seed, change)
                        .isEqualTo(change.after().isAllowed());
                assertThat(isAllowed(before, probe))
                        .as("seed %d: %s", seed, change)
                        .isEqualTo(change.before().isAllowed());
                assertThat(change.before().isAllowed())
                        .isNotEqualTo(change.after().isAllowed());
                found++;
            }
            for (Probe probe : random.probes(150, true, before, after)) {
                boolean now = isAllowed(after, probe);
                if (isTrusted(probe.caller()) && now != isAllowed(before, probe)) {
                    Kind kind = now ? Kind.NEWLY_ALLOWED : Kind.NEWLY_DENIED;
                    assertThat(changes).as("seed %d: %s", seed, probe).anyMatch(change -> change.kind() == kind);
                }
            }
        }
        assertThat(found).isGreaterThan(POLICIES / 4);
    }

    @Test
    void anIdentityThatThereIsIsTheWitnessWhereOneWillDo() {
        RuleList before = Policies.enforced(Policies.allow("ns/p", new Principal.Exact("spiffe://a/ns/shop/sa/web")));
        RuleList after = Policies.enforced(Policies.allow("ns/p", new Principal.Prefix("spiffe://a/ns/shop/")));
        assertThat(changes(before, after, "spiffe://a/ns/shop/sa/kv", "spiffe://a/ns/shop/sa/web"))
                .extracting(change -> change.witness().uriSans().getFirst())
                .containsExactly("spiffe://a/ns/shop/sa/kv");
    }

    @Test
    void aLookAlikeIsTheWitnessOfAnOpenPrefix() {
        RuleList before = Policies.enforced(Policies.allow("ns/p", new Principal.Prefix("spiffe://a/ns/kuma-demo/")));
        RuleList after = Policies.enforced(Policies.allow("ns/p", new Principal.Prefix("spiffe://a/ns/kuma-demo")));
        assertThat(changes(before, after, "spiffe://a/ns/kuma-demo/sa/web"))
                .extracting(change -> change.witness().uriSans().getFirst())
                .containsExactly("spiffe://a/ns/kuma-demo-2/sa/web");
    }

    @Test
    void policiesOfOtherWordsAreEquivalent() {
        Principal one = new Principal.Exact("spiffe://a/ns/shop/sa/web");
        Principal other = new Principal.Exact("spiffe://a/ns/shop/sa/kv");
        assertThat(changes(
                        Policies.enforced(Policies.allow("ns/p", one), Policies.allow("ns/q", other)),
                        Policies.enforced(Policies.allow("ns/r", new Principal.AnyOf(List.of(other, one))))))
                .isEmpty();
    }
}
