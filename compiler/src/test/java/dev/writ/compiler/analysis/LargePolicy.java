package dev.writ.compiler.analysis;

import dev.writ.compiler.envoy.LinearOracle;
import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One inbound with many rules: six in ten for a SPIFFE ID, three for those that begin so, one for a pattern of segments; half of them
 * with a method or a path; one in five denies, and denies come first. Namespaces and accounts both grow with the root of the rules.
 */
public final class LargePolicy {
    private static final int PORT = 8080;
    private static final String TRUST_DOMAIN = "shop.example";
    private static final String PARTNER = "partner.example";
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE");

    private final Random random;
    private final int names;
    private final List<Rule> rules;

    private LargePolicy(int size, Random random) {
        this.random = random;
        this.names = (int) Math.ceil(Math.sqrt(size));
        this.rules = new ArrayList<>(
                IntStream.range(0, size).mapToObj(number -> rule()).toList());
    }

    public static InboundPolicy of(int size) {
        return policy(new LargePolicy(size, new Random(size)).rules);
    }

    /** The same rules in another order. */
    public static InboundPolicy shuffled(InboundPolicy policy) {
        List<Rule> rules = new ArrayList<>(policy.enforced().rules());
        Collections.shuffle(rules, new Random(rules.size()));
        return policy(rules);
    }

    /** The same rules but for some, which each let in a caller now whom no rule was about. */
    public static InboundPolicy edited(InboundPolicy policy, int edits) {
        List<Rule> rules = new ArrayList<>(policy.enforced().rules());
        Random random = new Random(-1);
        for (int i = 0; i < edits; i++) {
            Principal newcomer = new Principal.Exact("spiffe://" + TRUST_DOMAIN + "/ns/newcomers/sa/web-" + i);
            rules.set(random.nextInt(rules.size()), Policies.allow("ns/newcomer-" + i, newcomer));
        }
        return policy(rules);
    }

    /** Calls by callers that some rule is about, or nearly so. */
    public static List<Witness> calls(int size, int count) {
        LargePolicy callers = new LargePolicy(size, new Random(1));
        return IntStream.range(0, count)
                .mapToObj(number -> new Witness(
                        Witness.Transport.CERTIFICATE,
                        List.of(callers.account(callers.namespace()) + (number % 4 == 0 ? "x" : "")),
                        null,
                        callers.method(),
                        callers.path() + "/more"))
                .toList();
    }

    /** The rule that decides a call, by a look at one after the other. */
    public static Optional<Rule> firstOf(InboundPolicy policy, Witness call) {
        Probe probe = new Probe(
                call.uriSans().getFirst(),
                Optional.ofNullable(call.method()).orElseThrow(),
                Optional.ofNullable(call.path()).orElseThrow(),
                null);
        for (Rule rule : policy.enforced().rules()) {
            if (LinearOracle.contains(rule.principal(), probe.caller())
                    && rule.conditions().stream().allMatch(condition -> LinearOracle.holds(condition, PORT, probe))) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static InboundPolicy policy(List<Rule> rules) {
        List<Rule> ordered = new ArrayList<>(rules);
        ordered.sort((one, other) -> Boolean.compare(one.action() == Action.ALLOW, other.action() == Action.ALLOW));
        return new InboundPolicy(
                Policies.inbound(PORT, Protocol.HTTP),
                Policies.mutualTls(TRUST_DOMAIN, PARTNER),
                new RuleList(ordered, Action.DENY),
                Optional.empty());
    }

    private Rule rule() {
        // What decides is the action: then the order of rules of one action is free, as equality must see.
        Action action = random.nextInt(5) == 0 ? Action.DENY : Action.ALLOW;
        Principal principal = principal();
        return Policies.rule(action, "ns/" + action, principal, conditions());
    }

    private Principal principal() {
        String namespace = namespace();
        return switch (random.nextInt(10)) {
            case 0 -> pattern();
            case 1, 2 -> new Principal.Prefix(namespace + "/sa/service-" + random.nextInt(names));
            case 3 -> new Principal.Prefix(namespace + "/");
            default -> new Principal.Exact(account(namespace));
        };
    }

    /** Whoever has an account of a name, of which there are few; or all in a namespace, wherever that is. */
    private Principal pattern() {
        return random.nextBoolean()
                ? Policies.segments(TRUST_DOMAIN, "ns", "*", "sa", "service-" + random.nextInt(1 + names / 10))
                : Policies.segments("*", "ns", "team-" + random.nextInt(names), "sa", "*");
    }

    private String namespace() {
        return "spiffe://" + (random.nextInt(8) == 0 ? PARTNER : TRUST_DOMAIN) + "/ns/team-" + random.nextInt(names);
    }

    private String account(String namespace) {
        return namespace + "/sa/service-" + random.nextInt(names);
    }

    private Condition[] conditions() {
        return switch (random.nextInt(4)) {
            case 0 -> new Condition[] {new Condition.Method(List.of(method()))};
            case 1 -> new Condition[] {new Condition.PathPrefix(path())};
            default -> new Condition[0];
        };
    }

    private String method() {
        return METHODS.get(random.nextInt(METHODS.size()));
    }

    private String path() {
        return "/api/v" + random.nextInt(10);
    }
}
