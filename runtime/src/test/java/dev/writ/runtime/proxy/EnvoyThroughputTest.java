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

/** A thousand callers and callees, each pair its own, each call a fresh handshake: certificates, start and end included. */
class EnvoyThroughputTest {
    private static final int PAIRS = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @Test
    void aThousandPairsAreJudgedInFifteenSeconds() {
        Path envoy = RealEnvoy.require();
        List<WorkloadPolicy> policies = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            String caller = Policies.ID + "/ns/callers/sa/caller-" + i;
            // Every other caller is let in by name.
            String admitted = i % 2 == 0 ? caller : Policies.ID + "/ns/callers/sa/nobody";
            policies.add(Policies.workload(
                    "callee-" + i,
                    Policies.http(5050, Policies.enforced(Policies.allow("rule-" + i, new Exact(admitted))))));
            WorkloadKey callee = new WorkloadKey("default", "default", "Deployment", "kuma-demo", "callee-" + i);
            calls.add(new Call(new Caller.Certificate(List.of(caller)), callee, 5050, null, "GET", "/"));
        }
        var snapshots = EmittedConfigs.of(policies);

        long start = System.nanoTime();
        List<Verdict> verdicts;
        long ready;
        try (EnvoyJudge judge = EnvoyJudge.start(envoy, snapshots, Map.of())) {
            ready = System.nanoTime();
            verdicts = judge.judgeAll(calls);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(PAIRS + " distinct pairs judged by Envoy in " + took.toMillis() + " ms, "
                + (ready - start) / 1_000_000 + " ms of it to start");

        for (int i = 0; i < PAIRS; i++) {
            assertThat(verdicts.get(i).decision()).isEqualTo(i % 2 == 0 ? Decision.ALLOW : Decision.DENY);
            assertThat(verdicts.get(i).rule()).isEqualTo(i % 2 == 0 ? "rule-" + i : "default");
        }
        // On a machine that is busy with something else, the time says nothing about Writ.
        if (ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                <= Runtime.getRuntime().availableProcessors()) {
            assertThat(took).isLessThan(LIMIT);
        }
    }
}
