package dev.writ.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.Principal;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SnapshotWriterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void secretsAreNamedFilesAndNothingElse() {
        assertThat(text(SnapshotFormat.YAML, ArtifactLayout.SDS_IDENTITY)).isEqualTo("""
                        resources:
                        - "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
                          name: "identity:kuma-demo/kv"
                          tlsCertificate:
                            certificateChain:
                              filename: secrets/svid.pem
                            privateKey:
                              filename: secrets/svid.key
                            watchedDirectory:
                              path: secrets
                        """);
    }

    @Test
    void bootstrapSaysTheSameInAllFormats() throws Exception {
        String yaml = text(SnapshotFormat.YAML, "envoy.yaml");
        String json = text(SnapshotFormat.JSON, "envoy.json");
        Object fromYaml = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        JsonNode fromJson = JSON.readTree(json);
        assertThat(JSON.valueToTree(fromYaml).toString()).isEqualTo(fromJson.toString());
        Map<String, byte[]> binary = SnapshotWriter.write(snapshot(), SnapshotFormat.BINARY);
        assertThat(Bootstrap.parseFrom(Objects.requireNonNull(binary.get("envoy.pb"))))
                .isEqualTo(snapshot().bootstrap());
    }

    @Test
    void actionThatIsProtobufsDefaultIsWritten() {
        assertThat(text(SnapshotFormat.YAML, "envoy.yaml"))
                .contains("action: ALLOW\n", "action: DENY\n")
                .doesNotContain("portValue: 0");
    }

    @Test
    void linesHaveNoSpaceAtTheirEndAndTheLastOneEnds() {
        for (SnapshotFormat format : new SnapshotFormat[] {SnapshotFormat.YAML, SnapshotFormat.JSON}) {
            String text = text(format, format.bootstrapFile());
            assertThat(text).endsWith("\n").doesNotContain("\r", " \n", "\t", "\n\n");
        }
    }

    @Test
    void keysAreSorted() throws Exception {
        assertSorted(JSON.readTree(text(SnapshotFormat.JSON, "envoy.json")));
    }

    private static void assertSorted(JsonNode node) {
        String last = "";
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            assertThat(entry.getKey()).isGreaterThan(last);
            last = entry.getKey();
        }
        node.forEach(SnapshotWriterTest::assertSorted);
    }

    @Test
    void stringIsQuotedWhereAReaderCouldTakeItForSomethingElse() throws Exception {
        String[] strings = {
            "",
            "on",
            "No",
            "null",
            "~",
            "1",
            "1e3",
            "0x1f",
            "-",
            "- a",
            "a: b",
            "a #b",
            "12:30",
            "2026-01-01",
            "{}",
            "*a",
            "&a",
            "!x",
            "%x",
            "@x",
            "`x",
            "'",
            "\"",
            "\\",
            "a\nb",
            "\u0007",
            "ü",
            "\ud83d\ude00",
            "\ufeff",
            " a",
            "a ",
            "kuma-demo/kv",
            ".inf",
            "/",
            "y",
            "a,b",
            "<<",
            "="
        };
        JsonNode list = JSON.valueToTree(strings);
        String yaml = new YamlText().render(list);
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml))
                .isEqualTo(List.of(strings));
        assertThat(yaml).contains("- kuma-demo/kv\n", "- \"on\"\n", "- \"No\"\n", "- \"1e3\"\n");
        JsonNode keys = JSON.createObjectNode()
                .put("x".repeat(2000), 1)
                .put("on", "off")
                .set("l", list);
        assertThat(JSON.<JsonNode>valueToTree(
                        new Load(LoadSettings.builder().build()).loadFromString(new YamlText().render(keys))))
                .isEqualTo(keys);
    }

    private static String text(SnapshotFormat format, String file) {
        return new String(
                Objects.requireNonNull(SnapshotWriter.write(snapshot(), format).get(file)), StandardCharsets.UTF_8);
    }

    private static Snapshot snapshot() {
        return SnapshotEmitter.emit(
                        Policies.workload(
                                "kv",
                                Policies.http(
                                        5050,
                                        Policies.enforced(
                                                Policies.deny("p", new Principal.Exact("spiffe://a/x")),
                                                Policies.allow("p", new Principal.Prefix("spiffe://a/"))))),
                        new DiagnosticSink())
                .orElseThrow();
    }
}
