package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.kuma.KumaSnapshotEmitter;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.proof.TranslationProof;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is predicted of a Kuma is proved to say the policy, for recorded and for random meshes. */
class KumaProofTest {
    private static final int MESHES = 25;

    private static TranslationProof proof(Compilation policy) {
        Target target = policy.policy().target();
        TranslationProof proof = new TranslationProof(target);
        for (WorkloadPolicy workload : policy.policy().workloads()) {
            KumaSnapshotEmitter.emit(
                            policy.model().meshOf(workload.workload().key()), workload, target, new DiagnosticSink())
                    .map(snapshot ->
                            EnvoyConfigReader.read(snapshot.listeners(), snapshot.secrets(), workload.trustDomains()))
                    .ifPresent(reading -> proof.add(workload, reading.orElseThrow()));
        }
        return proof;
    }

    @ParameterizedTest
    @EnumSource(names = {"KUMA_2_12", "KUMA_2_13", "KUMA_2_14", "KUMA_3"})
    void everyInboundOfARandomMeshIsProved(Target target) {
        Random random = new Random(Long.getLong("writ.seed", 7L) + target.id().hashCode());
        for (int i = 0; i < MESHES; i++) {
            String yaml = new RandomKumaMesh(random, target.isKuma2()).generate();
            TranslationProof proof = proof(PolicyCompiler.compile(
                    List.of(new SourceFile("mesh.yaml", yaml)), List.of(), ModelOptions.DEFAULT.withTarget(target)));
            assertThat(proof.mismatches()).as(yaml).isEmpty();
            assertThat(proof.open()).as(yaml).isEmpty();
            assertThat(proof.equal()).isPositive();
        }
    }

    static Stream<RecordedScenario> scenarios() throws IOException {
        List<RecordedScenario> all = RecordedScenario.all();
        Assumptions.assumeFalse(all.isEmpty(), "no recorded scenarios beside the project");
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyInboundOfARecordedMeshIsProved(RecordedScenario scenario) {
        TranslationProof proof = proof(scenario.compile());
        assertThat(proof.mismatches()).isEmpty();
        assertThat(proof.open()).isEmpty();
    }
}
