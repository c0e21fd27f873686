package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random policies of one inbound and random calls to it, over so few words that rules and callers often meet: IDs that look
 * alike, nest, differ by case, by an escape, by a trailing slash.
 */
final class RandomPolicies {
    static final int PORT = 5050;
    private static final List<String> TRUSTED = List.of("a.example", "b.example");
    private static final List<String> DOMAINS = List.of(
            "a.example",
            "a.example",
            "a.example",
            "a.example",
            "b.example",
            "b.example",
            "c.example",
            "a.example.evil");
    private static final List<String> NAMES =
            List.of("ns", "sa", "shop", "shop-evil", "web", "web2", "bad", "x.y", "Shop");
    private static final List<String> RULE_NAMES = List.of("shop/one", "shop/two", "two words", "default");
    private static final List<String> PATHS = List.of("/", "/api", "/api/", "/api/v1", "/apiary", "/a/b");

    private final Random random;

    RandomPolicies(long seed) {
        this.random = new Random(seed);
    }

    InboundPolicy policy() {
        boolean http = random.nextBoolean();
        Protocol protocol = http ? Protocol.HTTP : Protocol.TCP;
        List<String> domains = random.nextInt(4) == 0 ? TRUSTED.subList(0, 1) : TRUSTED;
        List<String> prefixes = domains.stream()
                .limit(random.nextInt(4) == 0 ? 1 : domains.size())
                .map(domain -> "spiffe://" + domain + "/")
                .toList();
        Admission admission = new MutualTls(domains, prefixes, random.nextInt(4) > 0);
        Optional<RuleList> shadow = random.nextInt(3) == 0 ? Optional.of(rules(http)) : Optional.empty();
        return new InboundPolicy(Policies.inbound(PORT, protocol), admission, rules(http), shadow);
    }

    private RuleList rules(boolean http) {
        List<Rule> rules =
                IntStream.range(0, random.nextInt(7)).mapToObj(i -> rule(http)).toList();
        return new RuleList(rules, random.nextInt(5) == 0 ? Action.ALLOW : Action.DENY);
    }

    private Rule rule(boolean http) {
        List<Condition> conditions = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            conditions.add(condition(http));
        }
        return Policies.rule(
                random.nextBoolean() ? Action.ALLOW : Action.DENY,
                one(RULE_NAMES),
                principal(2),
                conditions.toArray(Condition[]::new));
    }

    private Condition condition(boolean http) {
        return switch (random.nextInt(http ? 5 : 2)) {
            case 0 -> new Condition.Port(random.nextInt(3) == 0 ? 6060 : PORT);
            case 1 -> new Condition.Sni(one(List.of("kv.example", "web.example", "KV.example")));
            case 2 -> new Condition.Method(random.nextBoolean() ? List.of("GET") : List.of("POST", "PUT"));
            case 3 -> new Condition.Path(one(PATHS));
            default -> new Condition.PathPrefix(one(PATHS));
        };
    }

    private Principal principal(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 10)) {
            case 0, 1 -> new Principal.Exact(id());
            case 2, 3 -> prefix();
            case 4, 5 -> segments();
            case 6 -> new Principal.AnyOf(members(depth));
            case 7 -> new Principal.AllOf(members(depth));
            case 8 -> new Principal.Not(principal(depth - 1));
            default -> new Principal.Always();
        };
    }

    private List<Principal> members(int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> principal(depth - 1))
                .toList();
    }

    private Principal prefix() {
        String id = id();
        return new Principal.Prefix(random.nextInt(3) == 0 ? id.substring(0, 1 + random.nextInt(id.length())) : id);
    }

    private Principal segments() {
        List<Optional<String>> segments = new ArrayList<>();
        segments.add(wild(one(DOMAINS)));
        for (int i = random.nextInt(4); i > 0; i--) {
            segments.add(wild(one(NAMES)));
        }
        return new Principal.Segments(segments, random.nextInt(3) == 0);
    }

    private Optional<String> wild(String segment) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(segment);
    }

    private String id() {
        String path =
                Stream.generate(() -> "/" + one(NAMES)).limit(random.nextInt(4)).reduce("", String::concat);
        return "spiffe://" + one(DOMAINS) + path;
    }

    /** A call whose caller is often one that the policy names, or almost. */
    Call call(InboundPolicy policy, List<String> named) {
        return new Call(
                caller(named),
                Policies.workload("kv", policy).workload().key(),
                PORT,
                random.nextBoolean() ? null : one(List.of("kv.example", "KV.example", "web.example", "other.example")),
                random.nextInt(3) == 0 ? null : one(List.of("GET", "POST", "PUT", "get")),
                random.nextInt(4) == 0 ? null : path());
    }

    private Caller caller(List<String> named) {
        return switch (random.nextInt(40)) {
            case 0 -> new Caller.Anonymous();
            case 1 -> new Caller.Plaintext();
            case 2, 3, 4, 5 -> new Caller.Certificate(List.of(uriSan(named), uriSan(named)));
            case 6 -> new Caller.ExpiredCertificate(List.of(uriSan(named)));
            case 7 -> new Caller.ForeignCertificate(List.of(uriSan(named)));
            case 8 -> new Caller.DnsCertificate(List.of("web.shop.svc"));
            default -> new Caller.Certificate(List.of(uriSan(named)));
        };
    }

    private String uriSan(List<String> named) {
        String base = named.isEmpty() || random.nextBoolean() ? id() : one(named);
        if (base.isEmpty() || random.nextBoolean()) {
            return base.isEmpty() ? id() : base;
        }
        return switch (random.nextInt(9)) {
            case 0 -> base + "/";
            case 1 -> base + "-evil";
            case 2 -> base + "/" + one(NAMES);
            case 3 -> base + "/..";
            case 4 -> base + "/../" + one(NAMES);
            case 5 -> base.replaceFirst("e", "%65");
            case 6 -> base.substring(0, base.length() - 1) + "X";
            case 7 ->
                random.nextBoolean()
                        ? base + "?x=1"
                        : base.replace("spiffe", "SPIFFE").replace("a.ex", "A.ex");
            default -> base.replace("/ns", "//ns");
        };
    }

    private String path() {
        String path = one(PATHS);
        return switch (random.nextInt(10)) {
            case 0 -> path + "?x=/../y";
            case 1 -> "/x/.." + path;
            case 2 -> "/" + path;
            case 3 -> path + "/./";
            case 4 -> path.replace("a", "%61");
            case 5 -> random.nextBoolean() ? path + "%2Fx" : path + "|^%20";
            case 6 -> random.nextBoolean() ? path + "/..;/x" : path + "?/..;/";
            default -> path;
        };
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
