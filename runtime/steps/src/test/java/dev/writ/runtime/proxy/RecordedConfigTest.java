package dev.writ.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.kuma.KumaSnapshot;
import dev.writ.compiler.envoy.kuma.ProxyConfig;
import dev.writ.compiler.envoy.kuma.ProxyConfigReader;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.SnapshotJudge;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import dev.writ.runtime.testing.RecordedScenario;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a recorded Envoy really had, and nothing that Writ predicts: the second and the third judge say of it what the traffic did
 * then, and the third's Envoy counts as that one counted. The certificates are the judge's own.
 */
class RecordedConfigTest {
    /** Other listeners of a proxy are its own: the admin's, the passthroughs. */
    private static final int PORT = 5050;

    private static final List<String> AGENT = List.of("default.default.mesh.local");
    /** The certificate by which the recorded calls of scenario 27 went: its proxy kept the config of the identity before. */
    private static final Caller BEFORE =
            new Caller.Certificate(List.of("spiffe://default.default.mesh.local/ns/kuma-demo/sa/default"));

    static Stream<RecordedScenario> scenarios() throws IOException {
        List<RecordedScenario> all = RecordedScenario.all();
        if (all.isEmpty()) {
            System.out.println("SKIPPED: recorded configs, there are no recorded scenarios beside the project");
            Assumptions.abort("no recorded scenarios");
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isJudgedAsTheTrafficWas(RecordedScenario scenario) throws Exception {
        KumaSnapshot recorded = snapshot(scenario, "envoy-kv-1.json");
        SnapshotJudge snapshot = new SnapshotJudge(Map.of(
                recorded.workload(),
                EnvoyConfigReader.read(recorded.listeners(), recorded.secrets(), AGENT)
                        .orElseThrow()));
        Call throughMesh = call(scenario, caller(scenario));
        Call plaintext = call(scenario, new Caller.Plaintext());
        try (EnvoyJudge envoy = start(recorded)) {
            Verdict verdict = envoy.judge(throughMesh);
            assertThat(snapshot.judge(throughMesh)).matches(verdict::agreesWith, verdict.toString());
            assertCounted(scenario, verdict, counters(envoy));

            verdict = envoy.judge(plaintext);
            assertThat(snapshot.judge(plaintext)).matches(verdict::agreesWith, verdict.toString());
            assertThat(verdict.decision()).isEqualTo(scenario.answersPlaintext() ? Decision.ALLOW : Decision.DENY);
        }
    }

    /** The control plane had sent it; that Envoy kept what it had. */
    @Test
    void aListenerWithAnEmptyMatchIsRefusedByEnvoy() throws Exception {
        RecordedScenario emptyMatch = scenarios()
                .filter(scenario -> scenario.number().equals("24"))
                .findFirst()
                .orElseThrow();
        KumaSnapshot sent = snapshot(emptyMatch, "xds-kv-1.json");
        assertThatThrownBy(() -> start(sent).close())
                .isInstanceOf(EnvoyFailure.class)
                .hasMessageContaining("did not start");
    }

    private static void assertCounted(RecordedScenario scenario, Verdict verdict, Map<String, Integer> counters) {
        switch (scenario.number()) {
            // No agent was there, so that no recorded call got as far as the rules.
            case "14" -> assertThat(verdict.decision()).isEqualTo(Decision.ALLOW);
            // The callee took plaintext only.
            case "26" -> {
                assertThat(verdict.decision()).isEqualTo(Decision.DENY);
                assertThat(verdict.stage()).isEqualTo(Stage.NONE);
                assertThat(counters).isEmpty();
            }
            default -> {
                assertThat(verdict.stage()).isEqualTo(Stage.RBAC);
                // A caller that was cut off tried again, so that a counter may have grown by more than one.
                assertThat(counters).isEqualTo(once(scenario.counters()));
            }
        }
    }

    private static Map<String, Integer> once(Map<String, Integer> counters) {
        Map<String, Integer> once = new TreeMap<>();
        counters.keySet().forEach(name -> once.put(name, 1));
        return once;
    }

    /** Those of the RBAC filters that are not zero and not of the judge's own filter. */
    private static Map<String, Integer> counters(EnvoyJudge envoy) throws IOException {
        String address =
                Files.readString(envoy.folder().resolve("admin-address")).strip();
        Map<String, Integer> counters = new TreeMap<>();
        try (InputStream stats = URI.create("http://" + address + "/stats?usedonly&filter=rbac")
                .toURL()
                .openConnection(java.net.Proxy.NO_PROXY)
                .getInputStream()) {
            for (String line : new String(stats.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String name = line.substring(0, line.lastIndexOf(": "));
                int count = Integer.parseInt(line.substring(line.lastIndexOf(": ") + 2));
                if (count > 0 && !name.startsWith(JudgeListener.COPY_PREFIX)) {
                    counters.put(name, count);
                }
            }
        }
        return counters;
    }

    private static KumaSnapshot snapshot(RecordedScenario scenario, String file) throws Exception {
        ProxyConfig recorded =
                ProxyConfigReader.read(Files.readString(scenario.folder().resolve(file)));
        return new KumaSnapshot(
                workload(scenario.compile().model(), "kv-1"),
                recorded.listeners().stream()
                        .filter(listener ->
                                listener.getAddress().getSocketAddress().getPortValue() == PORT)
                        .toList(),
                recorded.clusters(),
                // A secret that never came has a name only.
                recorded.secrets().stream()
                        .filter(secret -> secret.getTypeCase() != Secret.TypeCase.TYPE_NOT_SET)
                        .toList());
    }

    private static EnvoyJudge start(KumaSnapshot recorded) {
        return EnvoyJudge.startWith(RealEnvoy.require(), List.of(JudgedConfig.of(recorded, AGENT)), Map.of());
    }

    private static Caller caller(RecordedScenario scenario) {
        if (scenario.number().equals("27")) {
            return BEFORE;
        }
        MeshModel model = scenario.compile().model();
        DiagnosticSink sink = new DiagnosticSink();
        return new CallResolver(model)
                .caller(workload(model, "demo-app-1").fullName(), null, sink)
                .orElseThrow(() -> new AssertionError(sink.sorted().toString()));
    }

    private static Call call(RecordedScenario scenario, Caller caller) {
        return new Call(
                caller,
                workload(scenario.compile().model(), "kv-1"),
                PORT,
                scenario.serverName().orElse(null),
                null,
                null);
    }

    private static WorkloadKey workload(MeshModel model, String name) {
        return model.workloads().stream()
                .map(workload -> workload.key())
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
