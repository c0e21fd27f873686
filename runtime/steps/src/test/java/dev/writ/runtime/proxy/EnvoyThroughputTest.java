package dev.writ.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A thousand callers and callees, each pair its own. The first time includes certificates, start and a cold Java. */
class EnvoyThroughputTest {
    private static final int PAIRS = 1_000;
    private static final List<String> PATHS = List.of("/", "/api", "/api/v1");
    private static final Duration COLD = Duration.ofSeconds(15);
    private static final Duration FRESH = Duration.ofSeconds(4);
    private static final Duration SHARED = Duration.ofSeconds(6);

    @Test
    void aThousandHandshakesAreJudgedInFourSecondsAndThreeThousandRequestsInSix() {
        Path envoy = RealEnvoy.require();
        List<WorkloadPolicy> policies = new ArrayList<>();
        List<Call> fresh = new ArrayList<>();
        List<Call> shared = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            String caller = Policies.ID + "/ns/callers/sa/caller-" + i;
            // Every other caller is let in by name.
            String admitted = i % 2 == 0 ? caller : Policies.ID + "/ns/callers/sa/nobody";
            policies.add(Policies.workload(
                    "callee-" + i,
                    Policies.http(5050, Policies.enforced(Policies.allow("rule-" + i, new Exact(admitted))))));
            WorkloadKey callee = new WorkloadKey("default", "default", "Deployment", "kuma-demo", "callee-" + i);
            for (String path : PATHS) {
                shared.add(new Call(new Caller.Certificate(List.of(caller)), callee, 5050, null, "GET", path));
            }
            fresh.add(shared.getLast());
        }
        var snapshots = EmittedConfigs.of(policies);

        long start = System.nanoTime();
        try (EnvoyJudge judge = EnvoyJudge.start(envoy, snapshots, Map.of())) {
            print("to start", start, envoyTime(judge));
            judged("distinct pairs judged by Envoy, cold, start included", judge, fresh, start, COLD);
            judged("fresh handshakes", judge, fresh, System.nanoTime(), FRESH);
            judged("decisions, three to a handshake", judge, shared, System.nanoTime(), SHARED);
        }
    }

    private static void judged(String what, EnvoyJudge judge, List<Call> calls, long start, Duration limit) {
        Duration envoyBefore = envoyTime(judge);
        List<Verdict> verdicts = judge.judgeAll(calls);
        Duration took = print(calls.size() + " " + what, start, envoyTime(judge).minus(envoyBefore));
        int each = calls.size() / PAIRS;
        for (int i = 0; i < calls.size(); i++) {
            int pair = i / each;
            assertThat(verdicts.get(i).decision()).isEqualTo(pair % 2 == 0 ? Decision.ALLOW : Decision.DENY);
            assertThat(verdicts.get(i).rule()).isEqualTo(pair % 2 == 0 ? "rule-" + pair : "default");
        }
        // On a machine that is busy with something else, the time says nothing about Writ.
        if (ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                <= Runtime.getRuntime().availableProcessors()) {
            assertThat(took).isLessThan(limit);
        }
    }

    private static Duration print(String what, long start, Duration envoy) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(what + ": " + took.toMillis() + " ms (" + envoy.toMillis() + " ms of a core in Envoy)");
        return took;
    }

    private static Duration envoyTime(EnvoyJudge judge) {
        return ProcessHandle.of(judge.process().pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
