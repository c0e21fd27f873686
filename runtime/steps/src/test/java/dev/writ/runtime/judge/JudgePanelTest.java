package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgePanelTest {
    private static final Call CALL = new Call(
            new Caller.Anonymous(),
            new WorkloadKey("default", "default", "Deployment", "shop", "kv"),
            5050,
            null,
            null,
            null);
    private static final Opinion.Unavailable NO_ENVOY = new Opinion.Unavailable("envoy", "no envoy was found");

    private record Fixed(String name, Verdict verdict) implements Judge {
        @Override
        public Verdict judge(Call call) {
            return verdict;
        }
    }

    private static Verdict verdict(Decision decision, @Nullable Decision shadow, String rule, @Nullable String reason) {
        return new Verdict(decision, Stage.RBAC, shadow, rule, reason);
    }

    private static boolean agree(Verdict... verdicts) {
        return new JudgePanel(
                        List.of(verdicts).stream()
                                .map(verdict -> new Fixed("any", verdict))
                                .toList(),
                        List.of())
                .judge(CALL)
                .agree();
    }

    @Test
    void judgesAgreeWhereOnlyTheirReasonsDiffer() {
        Verdict one = verdict(Decision.DENY, Decision.DENY, "a", "in one's words");
        assertThat(agree(one, verdict(Decision.DENY, Decision.DENY, "a", null))).isTrue();
        assertThat(agree(one, verdict(Decision.ALLOW, Decision.DENY, "a", null)))
                .isFalse();
        assertThat(agree(one, verdict(Decision.DENY, null, "a", null))).isFalse();
        assertThat(agree(one, verdict(Decision.DENY, Decision.DENY, "b", null))).isFalse();
        assertThat(agree(one, one, Verdict.refusedByTls("no"))).isFalse();
    }

    @Test
    void agreementIsAboutTheJudgesThatAreThere() {
        Verdict allow = verdict(Decision.ALLOW, null, "a", null);
        PanelVerdict verdict = new JudgePanel(
                        List.of(new Fixed("model", allow), new Fixed("snapshot", allow)), List.of(NO_ENVOY))
                .judge(CALL);
        assertThat(verdict.agree()).isTrue();
        assertThat(verdict.opinions())
                .containsExactly(new Opinion.Given("model", allow), new Opinion.Given("snapshot", allow), NO_ENVOY);
        assertThat(verdict.verdicts()).containsExactly(allow, allow);
    }

    @Test
    void aPanelWithoutJudgesIsAMistake() {
        assertThatThrownBy(() -> new JudgePanel(List.of(), List.of(NO_ENVOY)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
