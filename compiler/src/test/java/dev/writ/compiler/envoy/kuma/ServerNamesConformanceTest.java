package dev.writ.compiler.envoy.kuma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.envoy.kuma.ServerNames.Destination;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Outbound;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.TlsPolicy;
import dev.writ.compiler.model.Workload;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Server names, and the TLS of the clusters that use them. */
class ServerNamesConformanceTest {
    private static final Map<String, String> TYPES =
            Map.of("MeshServiceType", "msvc", "MeshExternalServiceType", "extsvc", "MeshMultiZoneServiceType", "mzsvc");

    @Test
    void aKriBecomesAServerName() throws IOException {
        ConformanceArea.of("sni").verify(ServerNamesConformanceTest::sni);
    }

    private static void sni(Case one) throws IOException {
        JsonNode argument = one.yaml("case.yaml").path("args").path(0);
        if (argument.isTextual()) {
            Destination destination = new Destination("msvc", "default", "", "", "backend", argument.asText());
            assertThat(ServerNames.fault(destination)).isEmpty();
            return;
        }
        JsonNode id = argument.path("id");
        String type = id.path("ResourceType").asText();
        Destination destination = new Destination(
                TYPES.getOrDefault(type.substring(type.indexOf('.') + 1), type),
                text(id.path("Mesh")),
                text(id.path("Zone")),
                text(id.path("Namespace")),
                text(id.path("Name")),
                text(id.path("SectionName")));
        if (argument.has("expectedErrs")) {
            assertThat(ServerNames.fault(destination)).isPresent();
        } else {
            assertThat(ServerNames.fault(destination)).isEmpty();
            assertThat(ServerNames.of(destination)).isEqualTo(text(argument.path("expected")));
        }
    }

    /** A transcribed Go expression: a text, a sum, or {@code strings.Repeat}. */
    private static String text(JsonNode node) {
        if (node.has("$op")) {
            return text(node.path("l")) + text(node.path("r"));
        }
        if (node.has("$call")) {
            JsonNode arguments = node.path("$call").path("strings.Repeat");
            return arguments.path(0).asText().repeat(arguments.path(1).asInt());
        }
        return node.asText();
    }

    @Test
    void aClusterOriginatesTlsWithServerNameAndSans() throws IOException {
        ConformanceArea.of("upstream-tls").verify(one -> {
            JsonNode setting = one.yaml("case.yaml");
            JsonNode expected = setting.path("expected");
            JsonNode service = setting.path("meshService");
            if (service.isMissingNode()) {
                assertThat(ServerNames.of(global(setting)))
                        .isEqualTo(expected.path("sni").asText());
                return;
            }
            List<String> ids = new ArrayList<>();
            service.path("identities").forEach(id -> ids.add(id.asText()));
            Outbound outbound = KumaModels.toService(
                    service.path("name").asText(), "", service.path("port").asText(), 80, ids, List.of());
            Workload client = KumaModels.workload(
                    setting.path("clientHasIdentity").asBoolean()
                            ? KumaModels.issued("kri", KumaModels.BUNDLED, "spiffe://default/client")
                            : KumaModels.none(),
                    List.of(KumaModels.tcp(8080, Map.of())),
                    List.of(outbound),
                    TlsPolicy.NONE);
            Mesh mesh = KumaModels.mesh(client, Map.of(), null);

            Cluster cluster = KumaModels.emit(mesh, Target.KUMA_3).clusters().getFirst();

            assertThat(cluster.hasTransportSocket())
                    .isEqualTo(expected.path("mtls").asBoolean());
            if (cluster.hasTransportSocket()) {
                JsonNode tls = ModelledConfig.transport(cluster)
                        .path("transportSocket")
                        .path("typedConfig");
                assertThat(tls.path("sni").asText())
                        .isEqualTo(expected.path("sni").asText());
                assertThat(tls.findValuesAsText("exact")).containsExactlyElementsOf(ids);
            }
        });
    }

    private static Destination global(JsonNode setting) {
        JsonNode multiZone = setting.path("meshMultiZoneService");
        JsonNode external = setting.path("meshExternalService");
        return multiZone.isMissingNode()
                ? new Destination(
                        "extsvc",
                        external.path("mesh").asText(),
                        "",
                        "",
                        external.path("name").asText(),
                        external.path("port").asText())
                : new Destination(
                        "mzsvc",
                        multiZone.path("mesh").asText(),
                        "",
                        "",
                        multiZone.path("name").asText(),
                        multiZone.path("portName").asText());
    }

    /** The cases begin with the tags, which their names say; {@code cluster-with-mtls} has none, so no server name. */
    @Test
    void aLegacyClusterChecksTheServicesSan() throws IOException {
        ConformanceArea.of("upstream-tls-legacy-v214").verify(one -> {
            Cluster recorded = KumaModels.cluster(one.yaml("cluster.golden.yaml"));
            List<JsonNode> sockets = new ArrayList<>();
            if (recorded.hasTransportSocket()) {
                sockets.add(WholeMessages.tree(recorded.getTransportSocket()));
            }
            recorded.getTransportSocketMatchesList()
                    .forEach(match -> sockets.add(WholeMessages.tree(match.getTransportSocket())));
            assertThat(sockets).isNotEmpty();
            for (JsonNode socket : sockets) {
                String recordedName = socket.path("typedConfig").path("sni").asText();
                Map<String, String> tags = new TreeMap<>(Map.of("kuma.io/service", "backend"));
                for (String tag : List.of("cluster=1", "cluster=2", "version=v1")) {
                    if (recordedName.contains(tag)) {
                        tags.put(tag.substring(0, tag.indexOf('=')), tag.substring(tag.indexOf('=') + 1));
                    }
                }
                assertSameSocket(tags, recordedName, socket);
            }
        });
    }

    private static void assertSameSocket(Map<String, String> tags, String recordedName, JsonNode recorded) {
        Workload client = KumaModels.workload(
                KumaModels.none(),
                List.of(),
                List.of(new Outbound("127.0.0.1", 80, null, new TreeMap<>(tags))),
                TlsPolicy.NONE);
        Mesh mesh = KumaModels.mesh(client, Map.of(), KumaModels.builtin(false));
        Cluster cluster = new OutboundClusters(
                        mesh, client, Target.KUMA_2_14, Optional.of(new Credentials.OfMesh("default", false)))
                .clusters()
                .values()
                .iterator()
                .next();
        JsonNode predicted = recordedName.isEmpty()
                ? WholeMessages.treeWithout(cluster.getTransportSocket(), "sni")
                : WholeMessages.tree(cluster.getTransportSocket());
        WholeMessages.assertSame("transport socket", predicted, recorded);
    }
}
