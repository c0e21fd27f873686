package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.RandomPolicy;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Verification;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fast path for exact texts and prefixes, held against the diagram: the same runs, the same answers. */
class RangeReachTest {
    private static final int POLICIES = 1_500;
    private static final List<String> TRUST_DOMAINS = List.of("a", "a.b", "ab", "a-b");

    private final Random random = new Random(20_261_121L);

    private static boolean isFlat(Principal principal) {
        return switch (principal) {
            case Principal.Always always -> true;
            case Principal.Exact exact -> true;
            case Principal.Prefix prefix -> true;
            case Principal.SanEquals san -> true;
            case Principal.Segments segments -> segments.segments().stream().allMatch(Optional::isPresent);
            case Principal.AnyOf any -> any.members().stream().allMatch(RangeReachTest::isFlat);
            case Principal.AllOf all -> false;
            case Principal.Not not -> false;
        };
    }

    /** Some rules of several random policies, without what the fast path is not for. */
    private RuleList flat(long seed) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            new RandomPolicy(4 * seed + i)
                    .rules(Action.DENY).rules().stream()
                            .filter(rule -> isFlat(rule.principal()))
                            .map(rule -> new Rule(rule.action(), san(rule.principal()), List.of(), rule.origin()))
                            .forEach(rules::add);
        }
        return new RuleList(rules, random.nextInt(3) == 0 ? Action.ALLOW : Action.DENY);
    }

    private Principal san(Principal principal) {
        return principal instanceof Principal.Exact exact && random.nextInt(4) == 0
                ? new Principal.SanEquals(exact.value())
                : principal;
    }

    private Admission admission() {
        List<String> trusted = TRUST_DOMAINS.subList(0, random.nextInt(TRUST_DOMAINS.size() + 1));
        Verification verification =
                random.nextInt(3) == 0 ? new Verification.ByMeshCa("a") : new Verification.ByTrustDomain(trusted);
        MutualTls tls = new MutualTls(verification, sanPrefixes(), random.nextBoolean());
        return switch (random.nextInt(6)) {
            case 0 -> new Admission.Plaintext();
            case 1 -> new Admission.Permissive(tls);
            default -> tls;
        };
    }

    private List<String> sanPrefixes() {
        String end = random.nextBoolean() ? "/" : "";
        return TRUST_DOMAINS.subList(0, random.nextInt(TRUST_DOMAINS.size())).stream()
                .map(domain -> "spiffe://" + domain + end)
                .toList();
    }

    private InboundPolicy policy(RuleList enforced, Optional<RuleList> shadow) {
        Protocol protocol = random.nextBoolean() ? Protocol.HTTP : Protocol.TCP;
        return new InboundPolicy(Policies.inbound(RandomPolicy.PORT, protocol), admission(), enforced, shadow);
    }

    private static Inventory inventory(long seed, RuleList... lists) {
        return new Inventory(new RandomPolicy(seed)
                .probes((int) (seed % 80), false, lists).stream()
                        .map(Probe::caller)
                        .filter(caller -> Lookup.halfOf(caller) == Callers.WELL_FORMED)
                        .toList());
    }

    @Test
    void rangesSayWhatTheDiagramSays() {
        int runs = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            RuleList enforced = flat(seed);
            RuleList other = flat(seed + POLICIES);
            Optional<RuleList> shadow = switch (random.nextInt(3)) {
                case 0 -> Optional.<RuleList>empty();
                case 1 -> Optional.of(enforced);
                default -> Optional.of(other);
            };
            InboundPolicy policy = policy(enforced, shadow);
            Inventory inventory = inventory(seed, enforced, other);
            Reach.Known byDiagram = new InboundReach(policy).of(inventory);
            assertThat(RangeReach.of(policy, inventory))
                    .as("seed %d: %s", seed, policy)
                    .contains(byDiagram);
            runs += byDiagram.runs().size();
        }
        assertThat(runs).isGreaterThan(3 * POLICIES);
    }

    @Test
    void whatIsNoRangeIsLeftToTheDiagram() {
        Inventory inventory = new Inventory(List.of("spiffe://a/ns/shop"));
        Rule conditional =
                Policies.allow("ns/p", new Principal.Prefix("spiffe://a/"), new Condition.Method(List.of("GET")));
        Rule glob = Policies.allow("ns/p", Policies.segments("a", "*", "shop"));
        Rule negated = Policies.allow("ns/p", new Principal.Not(new Principal.Always()));
        assertThat(Stream.of(conditional, glob, negated))
                .allSatisfy(rule -> assertThat(
                                RangeReach.of(policy(Policies.enforced(rule), Optional.empty()), inventory))
                        .isEmpty());
    }
}
