package dev.writ.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.analysis.Answer.Extent;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.ModelVerdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.testing.RandomKumaMesh;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cell of random meshes, held against the judge, who knows nothing of diagrams and classes. */
class AccessAgreesWithJudgeTest {
    private static final int MESHES = 60;
    private static final List<@Nullable String> SERVER_NAMES = Arrays.asList(null, "sni.kv.example", "other");

    private final Map<AccessWords.Word, Integer> seen = new EnumMap<>(AccessWords.Word.class);

    @ParameterizedTest
    @EnumSource(names = {"KUMA_2_12", "KUMA_2_13", "KUMA_2_14", "KUMA_3"})
    void everyCellIsWhatTheModelSays(Target target) {
        Random random = new Random(20_261_121L + target.id().hashCode());
        for (int i = 0; i < MESHES; i++) {
            RandomKumaMesh mesh = new RandomKumaMesh(random, target.isKuma2());
            String yaml = mesh.generate();
            Compilation compilation = PolicyCompiler.compile(
                    List.of(new SourceFile("mesh.yaml", yaml)), List.of(), ModelOptions.DEFAULT.withTarget(target));
            MeshAccess access = MeshAccess.of(compilation);
            assertThat(access.inbounds()).isNotEmpty();
            List<CallingWorkload> callers = new ArrayList<>(access.callers());
            callers.addAll(
                    new AccessSelection(access, new DiagnosticSink()).callers(List.of(mesh.id(), mesh.id() + "/")));
            ModelJudge judge = new ModelJudge(compilation.policy());
            for (CalledInbound to : access.inbounds()) {
                for (CallingWorkload from : callers) {
                    check(judge, access, from, to, yaml);
                    checkOpen(judge, access, from, to, yaml);
                }
            }
        }
        assertThat(seen.keySet()).contains(AccessWords.Word.ALLOW, AccessWords.Word.DENY);
        System.out.println(target + ": " + seen);
    }

    /** An inbound without TLS lets in whoever calls in plaintext, and that is said of every caller. */
    private static void checkOpen(
            ModelJudge judge, MeshAccess access, CallingWorkload from, CalledInbound to, String yaml) {
        if (to.group().transport() == AccessGroup.Transport.PLAINTEXT) {
            Call call = new Call(new Caller.Plaintext(), to.key(), to.port(), null, null, null);
            assertThat(judge.explain(call).verdict().decision()).as(yaml).isEqualTo(Decision.ALLOW);
            assertThat(AccessWords.word(access.ofCalls(from, to))).as(yaml).isEqualTo(AccessWords.Word.ALLOW);
        } else {
            assertThat(access.ofCalls(from, to)).isEqualTo(access.of(from, to));
        }
    }

    private void check(ModelJudge judge, MeshAccess access, CallingWorkload from, CalledInbound to, String yaml) {
        Access cell = access.of(from, to);
        seen.merge(AccessWords.word(cell), 1, Integer::sum);
        if (from.caller() == null) {
            assertThat(cell).isInstanceOf(Access.Unknown.class);
            return;
        }
        for (String serverName : SERVER_NAMES) {
            Call call = new Call(from.caller(), to.key(), to.port(), serverName, null, null);
            ModelVerdict judged = judge.explain(call);
            switch (cell) {
                case Access.Unknown unknown ->
                    assertThat(judged.verdict().decision())
                            .as("%s %s%n%s", call, unknown, yaml)
                            .isEqualTo(Decision.UNKNOWN);
                case Access.Known known -> {
                    boolean isAllowed = judged.verdict().decision() == Decision.ALLOW;
                    assertThat(known.answer().allowed())
                            .as("%s%n%s", call, yaml)
                            .isNotEqualTo(isAllowed ? Extent.NONE : Extent.ALL);
                    assertThat(known.answer().outcomes())
                            .as("%s is judged %s%n%s", call, judged, yaml)
                            .anyMatch(outcome -> isSame(outcome, judged));
                }
            }
        }
    }

    private static boolean isSame(Outcome outcome, ModelVerdict judged) {
        return outcome.isAllowed() == (judged.verdict().decision() == Decision.ALLOW)
                && outcome.isShadowed() == (judged.verdict().shadow() == Decision.DENY)
                && outcome.stage().name().equals(judged.verdict().stage().name())
                && (judged.origin() == null
                        || judged.origin().equals(outcome.enforced().place()));
    }
}
