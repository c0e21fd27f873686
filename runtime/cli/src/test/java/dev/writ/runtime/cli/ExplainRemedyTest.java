package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code explain} says would allow a call does allow it, and nobody whom it does not name. */
class ExplainRemedyTest {
    private static final Path ROOT = Path.of(System.getProperty("writ.root"));
    private static final Path CASE =
            ROOT.resolve("golden/cases/command/explain").normalize();
    private static final Path BUILTIN = ROOT.resolve("features/builtin-mtls").normalize();
    private static final String ID = "spiffe://default.default.mesh.local/ns/";

    @TempDir
    private Path folder;

    private static JsonNode explain(Object... words) throws IOException {
        Object[] all = new Object[words.length + 3];
        all[0] = "explain";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--format";
        all[words.length + 2] = "json";
        CommandRun run = CommandRun.of(all);
        assertThat(run.exit()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private static String decision(JsonNode explained) {
        return explained.path("verdicts").path(0).path("decision").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"envoy", "kuma-2.12", "kuma-2.13", "kuma-2.14", "kuma-3"})
    void theProposedPermissionAllowsTheCallAndNoNeighbour(String target) throws IOException {
        String caller = ID + "kuma-demo/sa/default";
        JsonNode denied = explain(CASE, "--target", target, "--from", caller, "--to", "kuma-demo/kv");
        assertThat(decision(denied)).isEqualTo("deny");
        assertThat(denied.path("wouldAllow").path("admits").path(0).asText()).isEqualTo("kuma-demo/kv");
        Path permission = folder.resolve("permission.yaml");
        Files.writeString(
                permission, denied.path("wouldAllow").path("permission").asText());
        assertThat(decision(explain(CASE, permission, "--target", target, "--from", caller, "--to", "kuma-demo/kv")))
                .isEqualTo("allow");
        for (String other : new String[] {caller + "x", caller + "/x", ID + "kuma-demo-2/sa/default"}) {
            assertThat(decision(explain(CASE, permission, "--target", target, "--from", other, "--to", "kuma-demo/kv")))
                    .isEqualTo("deny");
        }
        assertThat(decision(explain(CASE, permission, "--target", target, "--from", caller, "--to", "kuma-demo/web")))
                .isEqualTo("deny");
    }

    @ParameterizedTest
    @CsvSource({"envoy, false", "kuma-2.13, true", "kuma-2.14, false", "kuma-3, false"})
    void aDenyMustGoAndUpTo213AnEarlierAllowWouldDo(String target, boolean earlier) throws IOException {
        JsonNode remedy = explain(CASE, "--target", target, "--from", ID + "legacy/sa/old", "--to", "kuma-demo/kv")
                .path("wouldAllow");
        assertThat(remedy.path("remove").path(0).path("file").asText()).endsWith("deny.yaml");
        assertThat(remedy.path("thenAllow").asBoolean()).isTrue();
        assertThat(remedy.path("orEarlierAllow").asBoolean()).isEqualTo(earlier);
    }

    @Test
    void whereFromDecidesThePermissionHasOne() throws IOException {
        Object[] words = {"--target", "kuma-2.14", "--zone", "on_prem", "--from", "batch-1", "--to", "monolith-1"};
        JsonNode remedy = explain(with(BUILTIN, words)).path("wouldAllow");
        assertThat(remedy.path("admits").path(0).asText()).isEqualTo("batch-1");
        Path permission = folder.resolve("permission.yaml");
        Files.writeString(permission, remedy.path("permission").asText());
        assertThat(decision(explain(with(BUILTIN, with(permission, words))))).isEqualTo("allow");
        assertThat(decision(explain(with(
                        BUILTIN,
                        with(
                                permission,
                                "--target",
                                "kuma-2.14",
                                "--zone",
                                "on_prem",
                                "--from",
                                "frontend-1",
                                "--to",
                                "monolith-1")))))
                .isEqualTo("allow");
    }

    @Test
    void whereThePermissionsAreInWritAPermissionOfWritIsProposedForThisRequest() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.writ"), """
                mesh default zone default

                identity workloads {
                  id "spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
                  issue bundled { autogenerate  self-signed }
                }

                workload kuma-demo/demo-app {
                  service-account demo-app
                }

                workload kuma-demo/kv {
                  port 5050 http
                  port 6379
                }

                permission kv-callers on workload kuma-demo/kv port 5050 {
                  allow spiffe://default.default.mesh.local/ns/shop/** to POST
                }
                """);
        String[] call = {"--from", "kuma-demo/demo-app", "--to", "kuma-demo/kv:5050", "--method", "GET", "--path"};
        JsonNode remedy = explain(with(policy, with(call, "/api/x?page=2"))).path("wouldAllow");
        assertThat(remedy.path("language").asText()).isEqualTo("writ");
        assertThat(remedy.path("admits").path(0).asText()).isEqualTo("kuma-demo/demo-app");
        Path permission = Files.writeString(
                folder.resolve("more.writ"), remedy.path("permission").asText());
        assertThat(decision(explain(with(policy, with(permission, with(call, "/api/x"))))))
                .isEqualTo("allow");
        assertThat(decision(explain(with(policy, with(permission, with(call, "/api/y"))))))
                .isEqualTo("deny");
        assertThat(decision(explain(policy, permission, "--from", "kuma-demo/demo-app", "--to", "kuma-demo/kv:6379")))
                .isEqualTo("deny");
    }

    private static Object[] with(Object[] first, Object last) {
        Object[] all = Arrays.copyOf(first, first.length + 1, Object[].class);
        all[first.length] = last;
        return all;
    }

    private static Object[] with(Object first, Object... others) {
        Object[] all = new Object[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    @Test
    void anAllowedCallNeedsNothing() throws IOException {
        assertThat(explain(CASE, "--from", "kuma-demo/web", "--to", "kuma-demo/kv")
                        .path("wouldAllow")
                        .isNull())
                .isTrue();
    }

    @Test
    void whoIsRefusedByTlsLacksATrustOrAnIdentity() throws IOException {
        assertThat(explain(CASE, "--from", "plaintext", "--to", "kuma-demo/kv")
                        .path("wouldAllow")
                        .path("missing")
                        .asText())
                .startsWith("an identity");
        assertThat(explain(CASE, "--from", "spiffe://x.org/a", "--to", "kuma-demo/kv")
                        .path("wouldAllow")
                        .path("missing")
                        .asText())
                .startsWith("a trust");
    }
}
