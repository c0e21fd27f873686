package dev.writ.runtime.judge;

import static dev.writ.compiler.envoy.config.EnvoyYaml.files;
import static dev.writ.compiler.envoy.config.EnvoyYaml.mtls;
import static dev.writ.compiler.envoy.config.EnvoyYaml.networkRbac;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcpProxy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.EnvoyFiles;
import dev.writ.compiler.envoy.config.Identifier;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.Permission;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.compiler.model.WorkloadKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many policies are looked up by the caller's names; with a trace each is asked. Both must decide the same. */
class PolicyIndexTest {
    private static final int CONFIGS = 300;
    private static final int POLICIES = 40;
    private static final List<String> NAMES = List.of("", "a", "ab", "abc", "b", "bc", "B", "c");

    private final Random random = new Random(20_261_121L);

    @Test
    void whatIsLookedUpIsWhatIsFoundByAskingEach() {
        int allowed = 0;
        for (int i = 0; i < CONFIGS; i++) {
            Decider decider = Decider.ofFilters(List.of(new Rbac(rules(), new RbacRules.Absent())));
            for (int j = 0; j < 20; j++) {
                Request request = Request.from(peer()).build();
                Verdict byIndex = decider.decide(request).verdict();
                assertThat(byIndex).isEqualTo(decider.explain(request).verdict());
                allowed += byIndex.decision() == Verdict.Decision.ALLOW ? 1 : 0;
            }
        }
        assertThat(allowed).isBetween(CONFIGS, CONFIGS * 19);
    }

    @Test
    void aJudgeThatIsKeptSaysWhatNewOnesSay() {
        List<WorkloadKey> workloads = List.of(workload("a"), workload("b"));
        Map<WorkloadKey, EnvoyConfig> configs = new LinkedHashMap<>();
        for (WorkloadKey workload : workloads) {
            configs.put(
                    workload,
                    EnvoyConfigReader.read(manyPolicies(workload.name())).orElseThrow());
        }
        SnapshotJudge kept = new SnapshotJudge(configs);
        Set<Verdict> seen = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            Caller caller = new Caller.Certificate(List.of("spiffe://a.example/p" + random.nextInt(2 * POLICIES)));
            Call call = new Call(caller, workloads.get(i % 2), 5050, null, null, null);
            assertThat(kept.judge(call)).isEqualTo(new SnapshotJudge(configs).judge(call));
            seen.add(kept.judge(call));
        }
        assertThat(seen).hasSizeGreaterThan(POLICIES);
    }

    /** Whether one workload's rules were asked for the other shows in the names of what they allow. */
    private static EnvoyFiles manyPolicies(String name) {
        String policies = IntStream.range(0, POLICIES)
                .mapToObj(i -> name + i
                        + ": {permissions: [{any: true}], principals: [{authenticated: {principal_name: "
                        + "{exact: 'spiffe://a.example/p" + (name.equals("a") ? i : POLICIES / 2 + i) + "'}}}]}")
                .collect(Collectors.joining(", "));
        return files(mtls(), networkRbac("rules: {policies: {" + policies + "}}"), tcpProxy());
    }

    private static WorkloadKey workload(String name) {
        return new WorkloadKey("default", "default", "Deployment", "shop", name);
    }

    private RbacRules rules() {
        List<RbacRules.Policy> policies = new ArrayList<>();
        for (int i = 0; i < 17 + random.nextInt(20); i++) {
            List<Identifier> principals = new ArrayList<>();
            for (int j = random.nextInt(3); j >= 0; j--) {
                principals.add(principal());
            }
            policies.add(new RbacRules.Policy(
                    String.format("p%03d", i),
                    List.of(random.nextInt(3) == 0 ? new Permission.Any() : new Permission.Not(new Permission.Any())),
                    principals,
                    Optional.empty()));
        }
        return new RbacRules.ByPolicies(random.nextBoolean() ? Effect.ALLOW : Effect.DENY, policies);
    }

    private Identifier principal() {
        String name = pick() + "x";
        return switch (random.nextInt(60)) {
            case 0 -> new Unmodelled("not modelled");
            case 1 -> new Identifier.Not(new Identifier.Authenticated(Optional.of(new TextMatcher.Exact(name, false))));
            case 2 -> new Identifier.Authenticated(Optional.of(new TextMatcher.Exact(name, true)));
            default ->
                new Identifier.Authenticated(Optional.of(
                        random.nextBoolean()
                                ? new TextMatcher.Exact(name, false)
                                : new TextMatcher.StartsWith(
                                        name.substring(0, random.nextInt(name.length()) + 1), false)));
        };
    }

    private Peer peer() {
        return switch (random.nextInt(8)) {
            case 0 -> new Peer.Plaintext();
            case 1 -> new Peer.Anonymous();
            default ->
                new Peer.Certificate(
                        List.of(pick() + "x", pick() + "xy"),
                        random.nextBoolean() ? List.of(pick()) : List.of(),
                        pick(),
                        new Peer.Issuer.Trusted(),
                        null);
        };
    }

    private String pick() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
