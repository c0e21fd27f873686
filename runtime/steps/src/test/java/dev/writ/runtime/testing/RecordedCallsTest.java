package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.judge.PanelVerdict;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import dev.writ.runtime.proxy.EnvoyLocator;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The calls of the recorded runs of a real Kuma: all judges say of what Writ predicts what the traffic did. The recorded workload
 * {@code demo-app-1} calls {@code kv-1} through the mesh, and someone calls it in plaintext.
 */
class RecordedCallsTest {
    private static ChosenJudges bench;

    @BeforeAll
    static void openTheBench() throws EnvoyUnavailable {
        bench = ChosenJudges.open(JudgeChoice.ALL, new EnvoyLocator(), System.out::println);
        for (Opinion.Unavailable absent : bench.absent()) {
            String line = absent.judge() + " does not judge the recorded calls: " + absent.reason();
            assertThat(System.getenv("CI")).as(line).isNotEqualTo("true");
            System.out.println("SKIPPED: " + line);
        }
    }

    @AfterAll
    static void closeTheBench() {
        bench.close();
    }

    static Stream<RecordedScenario> scenarios() throws IOException {
        List<RecordedScenario> all = RecordedScenario.all();
        if (all.isEmpty()) {
            System.out.println("recorded calls: skipped, there are no recorded scenarios beside the project");
            Assumptions.abort("no recorded scenarios");
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theJudgesSayWhatTheTrafficDid(RecordedScenario scenario) {
        Compilation policy = scenario.compile();
        if (!List.of("24", "27").contains(scenario.number())) {
            assertThat(policy.diagnostics()).noneMatch(found -> found.severity() == Severity.ERROR);
        }
        switch (scenario.number()) {
            // Envoy refuses the config, the proxy keeps the one before: what that is nobody knows from the sources.
            case "24" -> assertUnknown(policy, "Envoy refuses the listener");
            // No SVID can be issued, and the recorded call went by the config before.
            case "27" -> {
                assertThat(workload(policy, "kv-1").identity()).isInstanceOf(WorkloadIdentity.Absent.class);
                assertUnknown(policy, "no SVID can be issued");
            }
            // The callee has no identity; the caller's proxy had learnt before that it has one.
            case "26" ->
                assertThat(judge(policy, throughMesh(policy, scenario))).matches(RecordedCallsTest::isDenied);
            // No agent was there, so the recorded calls failed. What Envoy had been given allows it.
            case "14" -> {
                Verdict verdict = judge(policy, throughMesh(policy, scenario));
                assertThat(verdict.decision()).isEqualTo(Decision.ALLOW);
                assertThat(verdict.stage()).isEqualTo(Stage.RBAC);
            }
            default -> assertRecorded(judge(policy, throughMesh(policy, scenario)), scenario);
        }
        if (!List.of("24", "27").contains(scenario.number())) {
            assertPlaintext(judge(policy, call(policy, new Caller.Plaintext(), null)), scenario);
        }
    }

    private static void assertRecorded(Verdict verdict, RecordedScenario scenario) {
        Decision recorded = scenario.counted("allowed") > 0 ? Decision.ALLOW : Decision.DENY;
        assertThat(scenario.counted("allowed") + scenario.counted("denied")).isPositive();
        assertThat(verdict.decision()).isEqualTo(recorded);
        assertThat(verdict.stage()).isEqualTo(Stage.RBAC);
        assertThat(verdict.shadow() == Decision.DENY).isEqualTo(scenario.counted("shadow_denied") > 0);
    }

    private static void assertPlaintext(Verdict verdict, RecordedScenario scenario) {
        boolean answered = scenario.answersPlaintext();
        assertThat(verdict.decision()).isEqualTo(answered ? Decision.ALLOW : Decision.DENY);
        assertThat(verdict.stage()).isEqualTo(answered ? Stage.NONE : Stage.TLS);
    }

    private static void assertUnknown(Compilation policy, String reason) {
        Verdict verdict = judge(policy, call(policy, new Caller.Anonymous(), null));
        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.reason()).contains(reason);
    }

    private static boolean isDenied(Verdict verdict) {
        return verdict.decision() == Decision.DENY && verdict.stage() == Stage.NONE;
    }

    private static Call throughMesh(Compilation policy, RecordedScenario scenario) {
        DiagnosticSink sink = new DiagnosticSink();
        Caller caller = new CallResolver(policy.model())
                .caller(workload(policy, "demo-app-1").key().fullName(), null, sink)
                .orElseThrow(() -> new AssertionError(sink.sorted().toString()));
        return call(policy, caller, scenario.serverName().orElse(null));
    }

    private static Call call(Compilation policy, Caller caller, @Nullable String serverName) {
        return new Call(caller, workload(policy, "kv-1").key(), 5050, serverName, null, null);
    }

    private static Workload workload(Compilation policy, String name) {
        return policy.model().workloads().stream()
                .filter(workload -> workload.key().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Verdict judge(Compilation policy, Call call) {
        PanelVerdict judged = bench.panel(policy).judge(call);
        assertThat(judged.verdicts().size() + bench.absent().size()).isEqualTo(3);
        assertThat(judged.agree()).as(judged.toString()).isTrue();
        return judged.verdicts().get(0);
    }
}
