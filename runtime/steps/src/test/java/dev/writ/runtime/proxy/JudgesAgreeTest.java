package dev.writ.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.SnapshotJudge;
import dev.writ.runtime.judge.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The three judges on random policies and random callers, over real mTLS: they agree in decision, stage, rule and shadow. The
 * seed is fixed, so that a disagreement comes back; it can be changed with {@code -Dwrit.seed}.
 */
class JudgesAgreeTest {
    private static final int WORKLOADS = 40;
    private static final int CALLS = 1_000;
    private static final List<String> TRUST_DOMAINS = List.of(Policies.TRUST_DOMAIN, "partner.example");
    private static final List<String> NAMES = List.of("shop", "shop-evil", "shop2", "web", "web2", "a", "b");
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE");
    private static final List<String> PATHS = List.of("/", "/api", "/api/", "/api/v1?x=1", "/apix", "/a/b");

    private final Random random = new Random(Long.getLong("writ.seed", 20_261_121L));

    @Test
    void theThreeJudgesAgree() {
        List<WorkloadPolicy> policies = new ArrayList<>();
        for (int i = 0; i < WORKLOADS; i++) {
            policies.add(Policies.workload(
                    "callee-" + i, inbound(5050, Protocol.HTTP, true), inbound(6379, Protocol.TCP, false)));
        }
        List<Snapshot> snapshots = EmittedConfigs.of(policies);
        Map<WorkloadKey, EnvoyConfig> configs = new HashMap<>();
        snapshots.forEach(snapshot -> configs.put(
                snapshot.workload(), EnvoyConfigReader.read(snapshot).orElseThrow()));
        ModelJudge model = new ModelJudge(new MeshPolicy(policies));
        SnapshotJudge evaluated = new SnapshotJudge(configs);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(call(policies.get(random.nextInt(WORKLOADS)).workload().key()));
        }

        List<Verdict> real;
        try (EnvoyJudge envoy = EnvoyJudge.start(RealEnvoy.require(), snapshots, Map.of())) {
            real = envoy.judgeAll(calls);
        }

        List<String> disagreements = new ArrayList<>();
        Map<Verdict.Decision, Integer> seen = new EnumMap<>(Verdict.Decision.class);
        for (int i = 0; i < CALLS; i++) {
            Verdict byModel = model.judge(calls.get(i));
            Verdict bySnapshot = evaluated.judge(calls.get(i));
            seen.merge(real.get(i).decision(), 1, Integer::sum);
            if (!real.get(i).agreesWith(byModel) || !real.get(i).agreesWith(bySnapshot)) {
                disagreements.add(calls.get(i) + "\n  model    " + byModel + "\n  snapshot " + bySnapshot
                        + "\n  envoy    " + real.get(i));
            }
        }
        System.out.println(CALLS + " random calls judged by model, snapshot and Envoy alike: " + seen);
        assertThat(disagreements).isEmpty();
        // A generator that only denies would agree about nothing.
        assertThat(seen.get(Verdict.Decision.ALLOW)).isGreaterThan(CALLS / 10);
        assertThat(seen.get(Verdict.Decision.DENY)).isGreaterThan(CALLS / 10);
    }

    private InboundPolicy inbound(int port, Protocol protocol, boolean http) {
        RuleList enforced = new RuleList(rules(1 + random.nextInt(8), http), Action.DENY);
        return random.nextInt(3) == 0
                ? EmittedConfigs.inbound(port, protocol, TRUST_DOMAINS, enforced)
                : EmittedConfigs.inbound(
                        port,
                        protocol,
                        TRUST_DOMAINS,
                        enforced,
                        new RuleList(rules(1 + random.nextInt(3), http), Action.ALLOW));
    }

    private List<Rule> rules(int count, boolean http) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Action action = random.nextInt(3) == 0 ? Action.DENY : Action.ALLOW;
            rules.add(Policies.rule(action, "rule-" + i, principal(2), conditions(http)));
        }
        return rules;
    }

    private Condition[] conditions(boolean http) {
        return switch (random.nextInt(http ? 10 : 20)) {
            case 0 -> new Condition[] {new Condition.Sni("kv.example")};
            case 1 -> new Condition[] {new Condition.Port(5050)};
            case 2 -> http ? new Condition[] {new Condition.Method(some(METHODS))} : new Condition[0];
            case 3 -> http ? new Condition[] {new Condition.PathPrefix("/api")} : new Condition[0];
            case 4 -> http ? new Condition[] {new Condition.Path("/api")} : new Condition[0];
            default -> new Condition[0];
        };
    }

    private Principal principal(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0, 1 -> new Principal.Exact(id());
            case 2, 3 -> prefix(id());
            case 4 ->
                Policies.segments(
                        Policies.TRUST_DOMAIN, "ns", pick(List.of("*", "shop")), "sa", pick(List.of("*", "web")));
            case 5 -> Policies.segments(pick(TRUST_DOMAINS), "ns", pick(NAMES), "**");
            case 6 -> new Principal.AnyOf(List.of(principal(depth - 1), principal(depth - 1)));
            case 7 -> new Principal.AllOf(List.of(principal(depth - 1), principal(depth - 1)));
            default -> new Principal.Not(principal(depth - 1));
        };
    }

    private Principal prefix(String id) {
        return new Principal.Prefix(id.substring(0, 15 + random.nextInt(id.length() - 15)));
    }

    private Call call(WorkloadKey to) {
        int port = random.nextBoolean() ? 5050 : 6379;
        @Nullable String sni = random.nextInt(4) == 0 ? pick(List.of("kv.example", "kv.example.org")) : null;
        return new Call(caller(), to, port, sni, pick(METHODS), pick(PATHS));
    }

    private Caller caller() {
        return switch (random.nextInt(24)) {
            case 0 -> new Caller.Anonymous();
            case 1 -> new Caller.Plaintext();
            case 2 -> new Caller.Certificate(List.of(id(), id()));
            case 3 -> new Caller.Certificate(List.of("spiffe://evil.example/ns/shop/sa/web"));
            case 4 ->
                new Caller.Certificate(
                        List.of(id() + pick(List.of("/", "/../x", "/%65", "?x=1", "/a b", "/.", "/...a"))));
            case 5 -> new Caller.Certificate(List.of(id(), "spiffe://evil.example/a"));
            case 6 -> new Caller.ExpiredCertificate(List.of(id()));
            case 7 -> new Caller.ForeignCertificate(List.of(id()));
            case 8 -> new Caller.DnsCertificate(List.of("web.shop.svc", "web"));
            default -> new Caller.Certificate(List.of(id()));
        };
    }

    private String id() {
        String domain = random.nextInt(5) == 0 ? "partner.example" : Policies.TRUST_DOMAIN;
        return "spiffe://" + domain + "/ns/" + pick(NAMES) + "/sa/" + pick(NAMES);
    }

    private List<String> some(List<String> all) {
        return all.subList(0, 1 + random.nextInt(all.size()));
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
