package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Model and snapshot say the same of random policies and calls: decision, stage, rule and shadow. */
class JudgeAgreementTest {
    private static final long SEED = 20_261_121;
    private static final int POLICIES = 3_000;
    private static final int CALLS = 40;

    @Test
    void modelAndSnapshotAgreeOnRandomPolicies() {
        Optional<Duel.Disagreement> disagreement = Duel.FAIR.fight(SEED, POLICIES, CALLS);
        assertThat(disagreement.map(Duel.Disagreement::toString)).isEmpty();
    }

    /** Were all policies refused, or all calls by TLS, agreement would say nothing. */
    @Test
    void theRandomCallsMeetEveryKindOfVerdict() {
        RandomPolicies random = new RandomPolicies(SEED);
        TreeMap<String, Integer> seen = new TreeMap<>();
        int decisions = 0;
        for (int i = 0; i < 300; i++) {
            InboundPolicy policy = random.policy();
            JudgePanel panel = Duel.FAIR.panel(policy).orElseThrow();
            for (int j = 0; j < CALLS; j++) {
                Verdict verdict = panel.judge(random.call(policy, Duel.named(policy)))
                        .verdicts()
                        .get(0);
                decisions++;
                kinds(verdict).forEach(kind -> seen.merge(kind, 1, Integer::sum));
            }
        }
        assertThat(decisions).isEqualTo(12_000);
        assertThat(seen.keySet())
                .containsExactlyInAnyOrder(
                        "allow", "deny", "unknown", "tls", "http", "guard", "rule", "default", "shadow deny");
        assertThat(seen.values()).allMatch(count -> count > 20);
        assertThat(seen).hasEntrySatisfying("rule", count -> assertThat(count).isGreaterThan(1_000));
    }

    private static List<String> kinds(Verdict verdict) {
        List<String> kinds = new ArrayList<>();
        kinds.add(verdict.decision().name().toLowerCase(Locale.ROOT));
        if (verdict.stage() == Stage.TLS) {
            kinds.add("tls");
        }
        if (verdict.stage() == Stage.NONE && verdict.decision() == Decision.DENY) {
            kinds.add("http");
        }
        if (verdict.shadow() == Decision.DENY) {
            kinds.add("shadow deny");
        }
        if (verdict.rule() != null) {
            boolean guard = verdict.rule().equals(MutualTls.GUARD_NAME);
            kinds.add(guard ? "guard" : verdict.rule().equals("default") ? "default" : "rule");
        }
        return kinds;
    }
}
