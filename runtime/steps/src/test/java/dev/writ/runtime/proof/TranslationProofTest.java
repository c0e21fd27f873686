package dev.writ.runtime.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.LargeMesh;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inbounds of the same policy and config are proved once, and a fault in one of them is found all the same. */
class TranslationProofTest {
    private static final Compilation MESH = LargeMesh.compiled(60, 15);

    private static EnvoyConfig config(WorkloadPolicy policy) {
        return EmittedConfig.of(MESH, policy).orElseThrow();
    }

    private static WorkloadPolicy withoutFirstRule(WorkloadPolicy policy) {
        InboundPolicy inbound = policy.inbounds().getFirst();
        List<Rule> rules = inbound.enforced().rules();
        RuleList fewer =
                new RuleList(rules.subList(1, rules.size()), inbound.enforced().byDefault());
        return new WorkloadPolicy(
                policy.workload(),
                List.of(new InboundPolicy(
                        inbound.inbound(), inbound.admission(), inbound.form(), fewer, inbound.shadow())));
    }

    @Test
    void whatIsTheSameIsProvedOnce() {
        TranslationProof proof = new TranslationProof(Target.ENVOY);
        MESH.policy().workloads().forEach(policy -> proof.add(policy, config(policy)));
        assertThat(proof.mismatches()).isEmpty();
        assertThat(proof.equal()).isEqualTo(60);
        assertThat(proof.classes()).isLessThan(20);
    }

    @Test
    void aFaultInTheConfigOfOneOfThemIsFound() {
        List<WorkloadPolicy> policies = MESH.policy().workloads();
        TranslationProof proof = new TranslationProof(Target.ENVOY);
        policies.forEach(policy ->
                proof.add(policy, config(policy.equals(policies.get(1)) ? withoutFirstRule(policy) : policy)));
        assertThat(proof.mismatches())
                .isNotEmpty()
                .allSatisfy(mismatch -> assertThat(mismatch.call().to())
                        .isEqualTo(policies.get(1).workload().key()));
        assertThat(proof.equal()).isEqualTo(59);
    }

    @Test
    void aFaultInThePolicyOfOneOfThemIsFound() {
        List<WorkloadPolicy> policies = MESH.policy().workloads();
        TranslationProof proof = new TranslationProof(Target.ENVOY);
        policies.forEach(policy ->
                proof.add(policy.equals(policies.get(1)) ? withoutFirstRule(policy) : policy, config(policy)));
        assertThat(proof.mismatches()).isNotEmpty();
        assertThat(proof.equal()).isEqualTo(59);
    }
}
