package dev.writ.compiler.envoy;

import static dev.writ.compiler.envoy.Policies.allow;
import static dev.writ.compiler.envoy.Policies.deny;
import static dev.writ.compiler.envoy.Policies.enforced;
import static dev.writ.compiler.envoy.Policies.segments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.ResolvedMatcher.Leaf;
import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.AllOf;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.AnyOf;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Not;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatcherLoweringTest {
    private static final String NS = "spiffe://a/ns/";

    @Test
    void longerAllowDoesNotHideAShorterDenyThatStandsBefore() {
        ResolvedMatcher tree =
                lower(enforced(deny("ns/deny", new Prefix(NS)), allow("ns/allow", new Prefix(NS + "shop/"))));
        assertThat(decide(tree, NS + "shop/web")).isEqualTo(new Outcome(Action.DENY, "ns/deny"));
        assertThat(tree.prefixes()).containsOnlyKeys(NS);
    }

    @Test
    void keysThatChangeNothingAreLeftOutUnlessTheNameChanges() {
        ResolvedMatcher tree = lower(enforced(
                allow("ns/one", new Exact(NS + "shop/web")),
                allow("ns/one", new Prefix(NS + "shop/")),
                allow("ns/two", new Exact(NS + "shop/api")),
                allow("ns/one", new Prefix(NS))));
        assertThat(tree.exact()).isEmpty();
        assertThat(tree.prefixes()).containsOnlyKeys(NS);
        ResolvedMatcher named =
                lower(enforced(allow("ns/two", new Exact(NS + "shop/api")), allow("ns/one", new Prefix(NS))));
        assertThat(named.exact()).containsOnlyKeys(NS + "shop/api");
    }

    @Test
    void literalPatternIsAPrefixOnlyUnderTheGuard() {
        RuleList below = enforced(allow("ns/p", segments("a", "ns", "**")));
        assertThat(lower(below).prefixes().get(NS)).isEqualTo(unconditional(Action.ALLOW, "ns/p"));
        ResolvedMatcher unguarded = LoweringCheck.lower(below, false);
        assertThat(Objects.requireNonNull(unguarded.prefixes().get(NS)).entries())
                .hasSize(1);
        assertThat(decide(unguarded, NS)).isEqualTo(new Outcome(Action.DENY, "default"));
        assertThat(decide(unguarded, NS + "x")).isEqualTo(new Outcome(Action.ALLOW, "ns/p"));
    }

    @Test
    void dotInAPatternIsADot() {
        ResolvedMatcher tree = lower(enforced(allow("ns/p", segments("a", "*", "web.api"))));
        assertThat(decide(tree, "spiffe://a/x/web.api").action()).isEqualTo(Action.ALLOW);
        assertThat(decide(tree, "spiffe://a/x/web-api").action()).isEqualTo(Action.DENY);
        assertThat(decide(tree, "spiffe://a/x/y/web.api").action()).isEqualTo(Action.DENY);
    }

    @Test
    void leadingPatternsWithAWildcardTrustDomainStayOutOfTheTree() {
        ResolvedMatcher tree = lower(enforced(
                deny("ns/bad", segments("*", "ns", "*", "sa", "bad")),
                deny("ns/worse", new AnyOf(List.of(segments("*", "x"), segments("*", "y")))),
                allow("ns/p", new Exact(NS + "web")),
                deny("ns/late", segments("*", "ns", "*"))));
        assertThat(tree.leading()).extracting(entry -> entry.outcome().name()).containsExactly("ns/bad", "ns/worse");
        assertThat(decide(tree, NS + "web")).isEqualTo(new Outcome(Action.ALLOW, "ns/p"));
        assertThat(decide(tree, NS + "api")).isEqualTo(new Outcome(Action.DENY, "ns/late"));
    }

    @Test
    void patternIsNotRepeatedWhereThePrefixRulesItOut() {
        ResolvedMatcher tree = lower(enforced(
                deny("ns/p", new Prefix("spiffe://a/x/")),
                allow("ns/q", new Prefix("spiffe://a/y/")),
                allow("ns/z", segments("*", "x", "*"))));
        assertThat(tree.prefixes().get("spiffe://a/y/")).isEqualTo(unconditional(Action.ALLOW, "ns/q"));
        assertThat(tree.prefixes().get("spiffe://a/x/")).isEqualTo(unconditional(Action.DENY, "ns/p"));
    }

    @Test
    void negationHoldsWhereNothingElseIsKnown() {
        ResolvedMatcher tree =
                lower(enforced(allow("ns/p", new AllOf(List.of(new Prefix(NS), new Not(new Prefix(NS + "evil/")))))));
        assertThat(decide(tree, NS + "shop").action()).isEqualTo(Action.ALLOW);
        assertThat(decide(tree, NS + "evil/x").action()).isEqualTo(Action.DENY);
        ResolvedMatcher all =
                lower(enforced(deny("ns/d", new Not(new Exact(NS + "web"))), allow("ns/a", new Always())));
        assertThat(all.root()).isEqualTo(unconditional(Action.DENY, "ns/d"));
        assertThat(decide(all, NS + "web")).isEqualTo(new Outcome(Action.ALLOW, "ns/a"));
    }

    @Test
    void portIsDecidedWhileCompiling() {
        ResolvedMatcher tree = lower(enforced(
                deny("ns/other", new Always(), new Condition.Port(RandomPolicy.PORT + 1)),
                allow("ns/this", new Always(), new Condition.Port(RandomPolicy.PORT))));
        assertThat(tree)
                .isEqualTo(new ResolvedMatcher(
                        true, List.of(), tree.exact(), tree.prefixes(), unconditional(Action.ALLOW, "ns/this")));
        assertThat(tree.exact()).isEmpty();
        assertThat(tree.prefixes()).isEmpty();
    }

    @Test
    void httpConditionOnATcpPortIsRefusedAndNotDropped() {
        DiagnosticSink sink = new DiagnosticSink();
        RuleList rules = enforced(
                deny("ns/d", new Exact(NS + "x"), new Condition.PathPrefix("/admin")),
                allow("ns/m", new Always(), new Condition.Method(List.of("GET"))),
                allow("ns/other-port", new Always(), new Condition.Port(1), new Condition.Path("/")),
                allow("ns/sni", new Always(), new Condition.Sni("kv")));
        Optional<ResolvedMatcher> tree =
                new MatcherLowering(sink).lower(rules, Policies.inbound(6379, Protocol.TCP), true);
        assertThat(tree).isEmpty();
        assertThat(sink.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.TARGET_UNSUPPORTED);
            assertThat(finding.message()).isEqualTo("a condition on the HTTP method or path, but port 6379 speaks tcp");
            assertThat(underlined(finding)).isEqualTo("kv-rule");
        });
    }

    @Test
    void callersNestedTooDeepAreRefused() {
        Principal deep = new Exact(NS + "x");
        for (int i = 0; i < 100_000; i++) {
            deep = new Not(deep);
        }
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(new MatcherLowering(sink).lower(enforced(allow("ns/p", deep)), LoweringCheck.INBOUND, true))
                .isEmpty();
        assertThat(sink.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.TARGET_UNSUPPORTED);
            assertThat(underlined(finding)).isEqualTo("kv-rule");
        });
    }

    @Test
    void patternsRepeatedTooOftenAreRefused() {
        List<Principal> prefixes = IntStream.range(0, 2000)
                .<Principal>mapToObj(i -> new Prefix(NS + "n" + i + "/"))
                .toList();
        List<Rule> rules = new ArrayList<>();
        rules.add(allow("ns/p", new AnyOf(prefixes), new Condition.Sni("kv")));
        for (int i = 0; i < 200; i++) {
            rules.add(
                    i % 2 == 0
                            ? allow("ns/a", segments("*", "ns", "*", "x" + i))
                            : deny("ns/d", segments("*", "ns", "*", "x" + i)));
        }
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(new MatcherLowering(sink).lower(new RuleList(rules, Action.DENY), LoweringCheck.INBOUND, true))
                .isEmpty();
        assertThat(sink.sorted())
                .extracting(Diagnostic::message)
                .containsExactly("the rules of port 5050 need more than 250000 matcher entries");
    }

    @Test
    void conditionsThatNoCallFitsDecideNothing() {
        ResolvedMatcher tree = lower(enforced(
                deny("ns/m", new Always(), new Condition.Method(List.of())),
                deny("ns/q", new Always(), new Condition.Path("/x?y")),
                allow("ns/p", new Always(), new Condition.PathPrefix(""))));
        assertThat(tree.root()).isEqualTo(unconditional(Action.ALLOW, "ns/p"));
    }

    private static ResolvedMatcher lower(RuleList rules) {
        return LoweringCheck.lower(rules, true);
    }

    private static Outcome decide(ResolvedMatcher tree, String caller) {
        return TreeEvaluator.decide(tree, RandomPolicy.PORT, new Probe(caller, "GET", "/", null));
    }

    private static Leaf unconditional(Action action, String name) {
        return new Leaf(List.of(), new Outcome(action, name));
    }

    private static String underlined(Diagnostic finding) {
        return Objects.requireNonNull(finding.span()).text();
    }
}
