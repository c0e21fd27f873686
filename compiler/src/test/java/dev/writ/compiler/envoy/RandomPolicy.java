package dev.writ.compiler.envoy;

import dev.writ.compiler.envoy.LinearOracle.Probe;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Makes policies and calls whose names collide on purpose: nested prefixes, look-alikes, shared beginnings, one action under
 * several names. The same seed makes the same policy on every machine.
 */
public final class RandomPolicy {
    public static final int PORT = 5050;
    private static final List<String> TRUST_DOMAINS = List.of("a", "a.b", "ab", "a-b");
    private static final List<String> SEGMENTS =
            List.of("ns", "sa", "shop", "shop-evil", "sho", "web", "web2", "web.api", "web-api", "x");
    private static final List<String> MALFORMED =
            List.of("", "/", ",spiffe://a/x", "/..", "/./x", "/%65", "?x=1", "//x", "#", ".");
    private static final List<String> PATHS = List.of("/", "/api", "/api?x=1", "/apix", "/api/v1", "/other?a=/api");
    private static final List<String> METHODS = List.of("GET", "POST", "HEAD");
    private static final int LARGEST = 12;

    private final Random random;

    public RandomPolicy(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    public RuleList rules(Action byDefault) {
        List<Rule> rules = new ArrayList<>();
        int size = 1 + random.nextInt(LARGEST);
        for (int i = 0; i < size; i++) {
            Action action = random.nextBoolean() ? Action.ALLOW : Action.DENY;
            // Several rules share a name, as those of one permission do.
            String name = "ns/p" + random.nextInt(4);
            rules.add(Policies.rule(action, name, principal(2), conditions()));
        }
        return new RuleList(rules, byDefault);
    }

    private Principal principal(int depth) {
        int kind = random.nextInt(depth > 0 ? 14 : 9);
        return switch (kind) {
            case 0, 1, 2 -> new Principal.Exact(random.nextInt(12) == 0 ? id() + oneOf(MALFORMED) : id());
            case 3, 4, 5 -> prefix();
            case 6, 7 -> pattern();
            case 8 -> random.nextInt(4) == 0 ? new Principal.Always() : pattern();
            case 9, 10 -> new Principal.AnyOf(principals(depth - 1));
            case 11, 12 -> new Principal.AllOf(principals(depth - 1));
            default -> new Principal.Not(principal(depth - 1));
        };
    }

    private List<Principal> principals(int depth) {
        List<Principal> members = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            members.add(principal(depth));
        }
        return members;
    }

    private Principal prefix() {
        String id = id() + (random.nextBoolean() ? "/" : "");
        return new Principal.Prefix(random.nextInt(3) == 0 ? id.substring(0, 1 + random.nextInt(id.length())) : id);
    }

    private Principal pattern() {
        List<Optional<String>> segments = new ArrayList<>();
        segments.add(random.nextInt(3) == 0 ? Optional.empty() : Optional.of(oneOf(TRUST_DOMAINS)));
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            segments.add(random.nextInt(3) == 0 ? Optional.empty() : Optional.of(oneOf(SEGMENTS)));
        }
        return new Principal.Segments(segments, random.nextBoolean());
    }

    private Condition[] conditions() {
        List<Condition> conditions = new ArrayList<>();
        while (random.nextInt(4) == 0) {
            conditions.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Condition.Port(random.nextInt(3) == 0 ? PORT + 1 : PORT);
                        case 1 -> new Condition.Method(METHODS.subList(0, random.nextInt(3)));
                        case 2 -> new Condition.Path(oneOf(List.of("/api", "/", "/other", "/api?x=1")));
                        case 3, 4 -> new Condition.PathPrefix(oneOf(List.of("/", "/api", "/api/", "")));
                        default -> new Condition.Sni(oneOf(List.of("kv", "KV", "other")));
                    });
        }
        return conditions.toArray(new Condition[0]);
    }

    private String id() {
        StringBuilder id = new StringBuilder("spiffe://").append(oneOf(TRUST_DOMAINS));
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            id.append('/').append(oneOf(SEGMENTS));
        }
        return id.toString();
    }

    /** Calls by callers at and around every string of these rules, and by random ones. */
    public List<Probe> probes(int count, boolean withServerNames, RuleList... lists) {
        Set<String> edges = new LinkedHashSet<>();
        for (RuleList list : lists) {
            list.rules().forEach(rule -> edges(rule.principal(), edges));
        }
        List<String> all = new ArrayList<>(edges);
        List<Probe> probes = new ArrayList<>();
        while (probes.size() < count) {
            String caller = random.nextInt(4) == 0 || all.isEmpty() ? id() : oneOf(all);
            caller += random.nextInt(10) == 0 ? oneOf(MALFORMED) : "";
            String sni = withServerNames && random.nextBoolean() ? oneOf(List.of("kv", "other")) : null;
            probes.add(new Probe(caller, oneOf(METHODS), oneOf(PATHS), sni));
        }
        return probes;
    }

    private void edges(Principal principal, Set<String> edges) {
        switch (principal) {
            case Principal.Always always -> edges.add("spiffe://z");
            case Principal.SanEquals san -> around(san.value(), edges);
            case Principal.Exact exact -> around(exact.value(), edges);
            case Principal.Prefix prefix -> around(prefix.value(), edges);
            case Principal.Segments pattern -> around(instance(pattern), edges);
            case Principal.AnyOf any -> any.members().forEach(member -> edges(member, edges));
            case Principal.AllOf all -> all.members().forEach(member -> edges(member, edges));
            case Principal.Not not -> edges(not.member(), edges);
        }
    }

    private static void around(String text, Set<String> edges) {
        edges.add(text);
        edges.add(text + "x");
        edges.add(text + "/x");
        edges.add(text + "-evil/sa/web");
        edges.add(text.replace('.', '-'));
        if (text.length() > 1) {
            edges.add(text.substring(0, text.length() - 1));
        }
    }

    private String instance(Principal.Segments pattern) {
        StringBuilder id = new StringBuilder("spiffe:/");
        for (Optional<String> segment : pattern.segments()) {
            id.append('/').append(segment.orElseGet(() -> oneOf(SEGMENTS)));
        }
        return id + (pattern.below() ? "/" + oneOf(SEGMENTS) : "");
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
