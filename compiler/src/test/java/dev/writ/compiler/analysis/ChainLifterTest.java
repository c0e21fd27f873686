package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.EnvoyYaml;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the lifter once read in another way than Envoy. */
class ChainLifterTest {
    private static final Witness CALL =
            new Witness(Witness.Transport.CERTIFICATE, List.of("spiffe://a.example/web"), null, "GET", "/api");

    private static boolean isAllowed(String... filters) {
        return LiftedConfig.of(
                        EnvoyConfigReader.read(EnvoyYaml.files(EnvoyYaml.mtls(), filters))
                                .orElseThrow(),
                        5050)
                .decide(CALL)
                .orElseThrow()
                .isAllowed();
    }

    private static String rules(String permission, String principal) {
        return "rules: {policies: {p: {permissions: [{" + permission + "}], principals: [{" + principal + "}]}}}";
    }

    @Test
    void rulesOfConnectionsKnowNoPath() {
        String path = "url_path: {path: {prefix: /}}";
        for (String rules : List.of(rules(path, "any: true"), rules("any: true", path))) {
            assertThat(isAllowed(EnvoyYaml.networkRbac(rules), EnvoyYaml.http("", EnvoyYaml.router())))
                    .isFalse();
            assertThat(isAllowed(EnvoyYaml.http("", EnvoyYaml.httpRbac(rules), EnvoyYaml.router())))
                    .isTrue();
        }
    }
}
