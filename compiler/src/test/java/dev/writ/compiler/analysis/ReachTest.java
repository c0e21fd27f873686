package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.analysis.Answer.Extent;
import dev.writ.compiler.envoy.LinearOracle;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.RandomPolicy;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who reaches an inbound, held against a walk of the rules, caller by caller. */
class ReachTest {
    private static final int POLICIES = 250;
    private static final int ASKED_ALONE = 12;
    private static final List<String> TRUSTED = List.of("a", "a.b", "ab", "a-b");
    private static final String NO_SLASH = " (and no slash)";

    private static InboundPolicy policy(RuleList rules) {
        MutualTls tls = new MutualTls(
                TRUSTED,
                TRUSTED.stream().map(domain -> "spiffe://" + domain + "/").toList(),
                false);
        return new InboundPolicy(Policies.inbound(RandomPolicy.PORT, Protocol.HTTP), tls, rules, Optional.empty());
    }

    private static Optional<Rule> first(RuleList rules, Probe probe) {
        return rules.rules().stream()
                .filter(rule -> rule.conditions().stream()
                        .allMatch(condition -> LinearOracle.holds(condition, RandomPolicy.PORT, probe)))
                .filter(rule -> LinearOracle.contains(rule.principal(), probe.caller()))
                .findFirst();
    }

    private static Reach.Known reach(RuleList rules, String... ids) {
        return (Reach.Known) PolicyAnalysis.reach(policy(rules), new Inventory(List.of(ids)));
    }

    private static List<String> words(RuleList rules) {
        return patterns(rules).stream().map(IdPattern::words).toList();
    }

    private static List<IdPattern> patterns(RuleList rules) {
        return ((Patterns.Known) PolicyAnalysis.patterns(policy(rules))).all();
    }

    /** Patterns as they are meant to be read. */
    private record Shape(Pattern regex, List<Shape> except, Answer answer) {
        static Shape of(IdPattern pattern) {
            boolean isNarrow = pattern.text().endsWith(NO_SLASH);
            String text = isNarrow
                    ? pattern.text().substring(0, pattern.text().length() - NO_SLASH.length())
                    : pattern.text();
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                boolean isLast = i + 1 == text.length();
                regex.append(
                        text.charAt(i) != '*'
                                ? Pattern.quote(String.valueOf(text.charAt(i)))
                                : isLast && !isNarrow ? ".*" : "[^/]*");
            }
            return new Shape(
                    Pattern.compile(regex.toString()),
                    pattern.except().stream().map(Shape::of).toList(),
                    pattern.answer());
        }

        boolean contains(String id) {
            return regex.matcher(id).matches() && except.stream().noneMatch(one -> one.contains(id));
        }
    }

    @Test
    void runsAndPatternsTellWhatTheRulesDoOfEveryCaller() {
        int some = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RandomPolicy random = new RandomPolicy(seed);
            RuleList rules = random.rules(seed % 3 == 0 ? Action.ALLOW : Action.DENY);
            List<Probe> probes = random.probes(150, true, rules).stream()
                    .filter(probe -> Lookup.halfOf(probe.caller()) == Callers.WELL_FORMED)
                    .toList();
            Inventory inventory =
                    new Inventory(probes.stream().map(Probe::caller).toList());
            Reach.Known reach = (Reach.Known) PolicyAnalysis.reach(policy(rules), inventory);
            List<Shape> patterns = patterns(rules).stream().map(Shape::of).toList();
            Set<String> asked = new HashSet<>();
            for (Probe probe : probes) {
                int place = inventory.ids().indexOf(probe.caller());
                Answer answer = reach.runs().stream()
                        .filter(run -> run.from() <= place && place < run.to())
                        .findFirst()
                        .orElseThrow()
                        .answer();
                boolean isTrusted = SpiffeId.of(probe.caller())
                        .filter(id -> !id.path().isEmpty() && TRUSTED.contains(id.trustDomain()))
                        .isPresent();
                Optional<Rule> rule = first(rules, probe);
                Action action = isTrusted ? rule.map(Rule::action).orElse(rules.byDefault()) : Action.DENY;
                String name =
                        !isTrusted ? null : rule.map(one -> one.origin().name()).orElse("default");
                assertThat(answer.outcomes())
                        .as("seed %d: %s", seed, probe)
                        .anyMatch(outcome -> outcome.isAllowed() == (action == Action.ALLOW)
                                && Objects.equals(outcome.enforced().rule(), name));
                assertThat(answer.allowed())
                        .as("seed %d: %s", seed, probe)
                        .isNotEqualTo(action == Action.ALLOW ? Extent.NONE : Extent.ALL);
                // To ask about one caller makes the whole diagram again.
                if (asked.size() < ASKED_ALONE && asked.add(probe.caller())) {
                    assertThat(PolicyAnalysis.answer(policy(rules), List.of(probe.caller())))
                            .as("seed %d: %s", seed, probe)
                            .hasValueSatisfying(alone -> {
                                assertThat(alone.allowed()).isEqualTo(answer.allowed());
                                assertThat(alone.outcomes()).containsExactlyInAnyOrderElementsOf(answer.outcomes());
                            });
                }
                assertThat(patterns.stream().anyMatch(pattern -> pattern.contains(probe.caller())))
                        .as("seed %d: %s", seed, probe)
                        .isEqualTo(answer.allowed() != Extent.NONE);
                assertThat(patterns.stream().filter(pattern -> pattern.contains(probe.caller())))
                        .as("seed %d: %s", seed, probe)
                        .allMatch(pattern -> pattern.answer().equals(answer));
                some += answer.allowed() == Extent.SOME ? 1 : 0;
            }
        }
        assertThat(some).isGreaterThan(POLICIES);
    }

    @Test
    void aCallerOfWhichRequestsAreLetThroughComesWithOne() {
        RuleList rules = Policies.enforced(Policies.allow(
                "ns/p", new Prefix("spiffe://a/ns/shop/"), new Condition.Method(List.of("POST")), path("/api")));
        Answer answer =
                reach(rules, "spiffe://a/ns/shop/sa/web").runs().getFirst().answer();
        assertThat(answer.allowed()).isEqualTo(Extent.SOME);
        Witness request = Objects.requireNonNull(answer.request());
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/api");
    }

    private static Condition path(String prefix) {
        return new Condition.PathPrefix(prefix);
    }

    @Test
    void aPrefixIsOnePattern() {
        assertThat(words(Policies.enforced(Policies.allow("ns/p", new Prefix("spiffe://a/ns/kuma-demo")))))
                .containsExactly("spiffe://a/ns/kuma-demo*");
    }

    @Test
    void whatADenyTakesOutOfAPrefixIsAnException() {
        assertThat(words(Policies.enforced(
                        Policies.deny("ns/d", new Exact("spiffe://a/ns/kuma-demo-2/sa/bad")),
                        Policies.deny("ns/d", new Prefix("spiffe://a/ns/kuma-demo-old/")),
                        Policies.allow("ns/p", new Prefix("spiffe://a/ns/kuma-demo")))))
                .containsExactly(
                        "spiffe://a/ns/kuma-demo* except spiffe://a/ns/kuma-demo-2/sa/bad, spiffe://a/ns/kuma-demo-old/*");
    }

    @Test
    void anAllowThatADenyEmptiesIsNotThere() {
        assertThat(words(Policies.enforced(
                        Policies.deny("ns/d", new Prefix("spiffe://a/ns/shop")),
                        Policies.allow("ns/p", new Exact("spiffe://a/ns/shop-2/sa/web")))))
                .isEmpty();
    }

    @Test
    void everybodyIsWhomTheTrustLetsIn() {
        assertThat(words(Policies.enforced(Policies.allow("ns/p", new Always()))))
                .containsExactly("spiffe://a/*", "spiffe://a-b/*", "spiffe://a.b/*", "spiffe://ab/*");
    }

    @Test
    void aSegmentPatternKeepsItsShape() {
        assertThat(words(Policies.enforced(Policies.allow("ns/p", Policies.segments("a", "ns", "*", "sa", "web")))))
                .containsExactly("spiffe://a/ns/*/sa/web");
        assertThat(words(Policies.enforced(Policies.allow("ns/p", Policies.segments("a", "ns", "shop", "**")))))
                .containsExactly("spiffe://a/ns/shop/*");
    }
}
