package dev.writ.runtime.judge;

import static dev.writ.compiler.envoy.config.EnvoyYaml.act;
import static dev.writ.compiler.envoy.config.EnvoyYaml.files;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.EnvoyFiles;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the tests of {@link SnapshotJudge} ask it and read its answer. */
final class SnapshotVerdicts {
    static final WorkloadKey KV = new WorkloadKey("default", "default", "Deployment", "shop", "kv");
    static final String WEB = "spiffe://a.example/ns/shop/sa/web";
    static final String DEFAULT = act("default", "DENY");

    private SnapshotVerdicts() {}

    static Verdict judge(EnvoyFiles files, Caller caller, @Nullable String sni, @Nullable String path) {
        return new SnapshotJudge(Map.of(KV, EnvoyConfigReader.read(files).orElseThrow()))
                .judge(new Call(caller, KV, 5050, sni, null, path));
    }

    static Verdict judge(EnvoyFiles files, String... uriSans) {
        return judge(files, new Caller.Certificate(List.of(uriSans)), null, null);
    }

    static Verdict rbac(Decision decision, @Nullable String rule) {
        return new Verdict(decision, Stage.RBAC, null, rule, null);
    }

    static Verdict allowed(String rule) {
        return rbac(Decision.ALLOW, rule);
    }

    static Verdict denied(@Nullable String rule) {
        return rbac(Decision.DENY, rule);
    }

    static void assertRefusedByTls(Verdict verdict) {
        assertThat(verdict.agreesWith(Verdict.refusedByTls("any"))).isTrue();
    }

    static void assertUnknown(Verdict verdict, String reason) {
        assertThat(verdict).isEqualTo(Verdict.unknown(reason));
    }

    static String allow(String name) {
        return act(name, "ALLOW");
    }
}
