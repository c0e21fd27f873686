package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump.DynamicListener;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump.DynamicListenerState;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check} says of Envoy config only what is true of it: of ours nothing, of a real Kuma's what its policies ask for. */
class CheckEnvoyConfigTest {
    private static final Path DEMO = Path.of(System.getProperty("writ.root"), "features", "kuma-demo");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    static List<Path> dumps() throws IOException {
        List<Path> all = new ArrayList<>();
        for (RecordedProxies recorded : RecordedProxies.all()) {
            all.addAll(recorded.dumps());
        }
        return all;
    }

    private static List<JsonNode> found(Path... sources) throws IOException {
        List<Object> words = new ArrayList<>(List.of("check", "-R", "--format", "json"));
        words.addAll(List.of(sources));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.err()).isEmpty();
        List<JsonNode> all = new ArrayList<>();
        JSON.readTree(run.out()).get("diagnostics").forEach(all::add);
        return all;
    }

    private static String underlined(JsonNode finding) throws IOException {
        JsonNode at = finding.get("location");
        String line = Files.readAllLines(Path.of(at.get("file").asText()))
                .get(at.get("line").asInt() - 1);
        return at.get("line").equals(at.get("endLine"))
                ? line.substring(
                        at.get("column").asInt() - 1, at.get("endColumn").asInt() - 1)
                : line;
    }

    @Test
    void theDemosConfigIsAsOpenAsItsPolicyAndNoMore() throws IOException {
        assertThat(CommandRun.of("compile", DEMO, "--out", folder).exit()).isZero();
        for (JsonNode finding : found(folder)) {
            assertThat(finding.get("id").asText()).isEqualTo("envoy.open-prefix");
            assertThat(underlined(finding)).contains("spiffe://default.default.mesh.local/ns/kuma-demo\"");
        }
    }

    @Test
    void eachDocumentOfAMixedFileIsReadAsWhatItIs() throws IOException {
        Path mixed = folder.resolve("mixed.yaml");
        Files.writeString(mixed, """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: shop
                ---
                name: in
                filter_chains:
                  - filters:
                      - name: rbac
                        typed_config:
                          "@type": type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC
                          stat_prefix: r
                          matchr: {}
                      - name: tcp
                        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy, stat_prefix: t, cluster: c}
                ---
                some: thing
                """);
        List<JsonNode> found = found(mixed);
        List<String> underlined = new ArrayList<>();
        for (JsonNode finding : found) {
            underlined.add(underlined(finding).strip());
        }
        assertThat(found).extracting(finding -> finding.get("id").asText()).contains("envoy.refused", "source.no-kind");
        assertThat(underlined).contains("matchr", "some");
    }

    @Test
    void theBytesOfADumpAreASource() throws IOException {
        Path dump = folder.resolve("dump.pb");
        FilterChain chain = FilterChain.newBuilder()
                .addFilters(Filter.newBuilder()
                        .setName("rbac")
                        .setTypedConfig(
                                Any.pack(RBAC.newBuilder().setStatPrefix("r").build())))
                .build();
        Listener listener =
                Listener.newBuilder().setName("in").addFilterChains(chain).build();
        ListenersConfigDump listeners = ListenersConfigDump.newBuilder()
                .addDynamicListeners(DynamicListener.newBuilder()
                        .setActiveState(DynamicListenerState.newBuilder().setListener(Any.pack(listener))))
                .build();
        Files.write(
                dump,
                ConfigDump.newBuilder().addConfigs(Any.pack(listeners)).build().toByteArray());
        assertThat(found(dump))
                .anySatisfy(finding -> assertThat(finding.get("message").asText())
                        .contains("configs[0].dynamic_listeners[0].active_state.listener.filter_chains[0]")
                        .contains("no terminal filter"));
    }

    @Test
    void aClosedPolicyGivesConfigWithoutAFinding() throws IOException {
        Path closed = folder.resolve("permission.yaml");
        Files.writeString(
                closed,
                Files.readString(DEMO.resolve("permission.yaml"))
                        .replace("mesh.local/ns/kuma-demo", "mesh.local/ns/kuma-demo/sa"));
        Path out = folder.resolve("out");
        assertThat(CommandRun.of(
                                "compile",
                                DEMO.resolve("kuma-demo.yaml"),
                                DEMO.resolve("identity.yaml"),
                                closed,
                                "--out",
                                out)
                        .exit())
                .isZero();
        assertThat(found(out)).isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dumps")
    void aRecordedProxyHasOnlyTheDangersOfItsPolicies(Path dump) throws IOException {
        String text = Files.readString(dump);
        for (JsonNode finding : found(dump)) {
            switch (finding.get("id").asText()) {
                case "envoy.open-prefix" -> assertThat(underlined(finding)).doesNotEndWith("/\"");
                case "envoy.unchecked-id" -> assertThat(text).contains("\"prefix\": \"spiffe://");
                case "envoy.joined-sans" -> assertThat(text).contains("\"DENY\"", "UriSanInput");
                case "envoy.fail-closed" -> assertThat(text).doesNotContain("\"policies\"");
                case "envoy.early-upstream" -> assertThat(text).contains("filters.network.rbac", "TcpProxy");
                // Notes that say what nobody looked at: a secret that the dump does not show, listeners that hand on
                // connections.
                case "envoy.not-modelled" ->
                    assertThat(finding.get("message").asText()).containsAnyOf("the secret `ALL`", "`use_original_dst`");
                default -> throw new AssertionError(finding.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources: {limits: {cpu: 1}}", "node: a", "rules: [a]", "policies: {}\nreplicas: 1"})
    void whatOnlyLooksLikeEnvoyConfigIsNone(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), text);
        assertThat(found(file)).extracting(one -> one.get("id").asText()).containsExactly("source.no-kind");
    }
}
