package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.PanelVerdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.proxy.EnvoyLocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The three judges on random meshes of each Kuma, in any state of a migration. The seed is fixed; it can be changed with {@code
 * -Dwrit.seed}.
 */
class KumaJudgesAgreeTest {
    private static final int MESHES = 3;
    private static final int CALLS = 60;

    @ParameterizedTest
    @EnumSource(names = {"KUMA_2_12", "KUMA_2_13", "KUMA_2_14", "KUMA_3"})
    void theThreeJudgesAgree(Target target) throws Exception {
        Random random =
                new Random(Long.getLong("writ.seed", 20_261_121L) + target.id().hashCode());
        Consumer<String> progress = System.out::println;
        Map<Decision, Integer> seen = new TreeMap<>();
        List<String> disagreements = new ArrayList<>();
        for (int i = 0; i < MESHES; i++) {
            RandomKumaMesh mesh = new RandomKumaMesh(random, target.isKuma2());
            String yaml = mesh.generate();
            Compilation policy = PolicyCompiler.compile(
                    List.of(new SourceFile("mesh.yaml", yaml)), List.of(), ModelOptions.DEFAULT.withTarget(target));
            assertThat(policy.diagnostics()).as(yaml).noneMatch(found -> found.severity() == Severity.ERROR);
            try (ChosenJudges bench = ChosenJudges.open(JudgeChoice.ALL, new EnvoyLocator(), progress)) {
                JudgePanel panel = bench.panel(policy);
                for (int call = 0; call < CALLS; call++) {
                    PanelVerdict judged = panel.judge(call(random, mesh, policy));
                    seen.merge(judged.verdicts().get(0).decision(), 1, Integer::sum);
                    if (!judged.agree()) {
                        disagreements.add(judged + "\n" + yaml);
                    }
                }
            }
        }
        assertThat(disagreements).isEmpty();
        // A generator that only denies would agree about nothing.
        assertThat(seen.get(Decision.ALLOW)).isGreaterThan(MESHES * CALLS / 20);
        assertThat(seen.get(Decision.DENY)).isGreaterThan(MESHES * CALLS / 20);
    }

    private static Call call(Random random, RandomKumaMesh mesh, Compilation policy) {
        Workload callee = workload(random, policy);
        int port = random.nextBoolean() ? RandomKumaMesh.HTTP : RandomKumaMesh.TCP;
        return new Call(caller(random, mesh, policy), callee.key(), port, null, null, null);
    }

    private static Caller caller(Random random, RandomKumaMesh mesh, Compilation policy) {
        return switch (random.nextInt(13)) {
            case 0 -> new Caller.Anonymous();
            case 1 -> new Caller.Plaintext();
            case 2, 3, 4 -> new Caller.Certificate(List.of(mesh.id()));
            case 5 ->
                new Caller.Certificate(
                        Stream.of(mesh.id(), mesh.id(), "kuma://version/v1").toList());
            case 6 -> new Caller.ExpiredCertificate(List.of(mesh.id()));
            case 7 -> new Caller.ForeignCertificate(List.of(mesh.id()));
            case 8 -> new Caller.DnsCertificate(List.of("web.shop.svc"));
            default -> {
                DiagnosticSink sink = new DiagnosticSink();
                yield new CallResolver(policy.model())
                        .caller(workload(random, policy).key().fullName(), null, sink)
                        .orElseThrow(() -> new AssertionError(sink.sorted().toString()));
            }
        };
    }

    private static Workload workload(Random random, Compilation policy) {
        return policy.model().workloads().get(random.nextInt(RandomKumaMesh.DATAPLANES));
    }
}
