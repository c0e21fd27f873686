package dev.writ.compiler.envoy.kuma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whole inbound listeners and the trust bundle, from resources to messages, against Kuma run as an oracle. It ran without the control
 * plane's defaulting of resources, so the listeners' metadata have not the labels that it computes, and the KRI of a permission
 * without the label {@code kuma.io/zone} has no zone.
 */
class MergedPermissionsConformanceTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ModelOptions OPTIONS =
            ModelOptions.DEFAULT.withTarget(Target.KUMA_3).withZone("zone-1");

    private static final Pattern PERMISSION = Pattern.compile("kri_mtp_default_zone-1_([^_]*)_([^_]*)_");

    @Test
    void permissionsOfAllKindsAreMergedAsKumaDoes() throws IOException {
        ConformanceArea.of("oracle-mtp-merge").verify(MergedPermissionsConformanceTest::check);
    }

    private static void check(Case one) throws IOException {
        SourceFile file = new SourceFile("input.yaml", input(one));
        Compilation compiled = PolicyCompiler.compile(List.of(file), List.of(), OPTIONS);
        assertThat(compiled.diagnostics()).noneMatch(finding -> finding.severity() == Severity.ERROR);
        Mesh mesh = compiled.model().meshes().getFirst();
        assertThat(compiled.policy().workloads()).isNotEmpty();
        for (WorkloadPolicy policy : compiled.policy().workloads()) {
            DiagnosticSink sink = new DiagnosticSink();
            KumaSnapshot predicted = KumaSnapshotEmitter.emit(mesh, policy, Target.KUMA_3, sink)
                    .orElseThrow(() -> new AssertionError(sink.sorted().toString()));
            String recording = "xds-" + policy.workload().key().name() + ".golden.json";
            compare(predicted, KumaModels.read(one.text(recording)), withoutZone(one));
        }
    }

    /** Every policy that a control plane has says its origin; some of the recorded ones came without one to Kuma's merge. */
    private static String input(Case one) throws IOException {
        StringBuilder input = new StringBuilder();
        for (JsonNode resource : one.yamls("input.yaml")) {
            if (resource.path("type").asText().equals("MeshTrafficPermission")
                    && !resource.path("labels").has("kuma.io/origin")) {
                ((ObjectNode) resource).withObject("/labels").put("kuma.io/origin", "none");
            }
            input.append(YAML.writeValueAsString(resource));
        }
        return input.toString();
    }

    /** The names of the permissions that state no zone. */
    private static List<String> withoutZone(Case one) throws IOException {
        return one.yamls("input.yaml").stream()
                .filter(resource -> resource.path("type").asText().equals("MeshTrafficPermission"))
                .filter(resource -> !resource.path("labels").has("kuma.io/zone"))
                .map(resource -> resource.path("name").asText())
                .toList();
    }

    private static void compare(KumaSnapshot predicted, ProxyConfig recorded, List<String> withoutZone) {
        assertThat(predicted.listeners().stream().map(Listener::getName))
                .containsExactlyInAnyOrderElementsOf(
                        recorded.listeners().stream().map(Listener::getName).toList());
        for (Listener listener : predicted.listeners()) {
            JsonNode same = recorded.listeners().stream()
                    .filter(other -> other.getName().equals(listener.getName()))
                    .map(other -> WholeMessages.treeWithout(other, "metadata"))
                    .findFirst()
                    .orElseThrow();
            JsonNode tree = KumaModels.rewritten(
                    WholeMessages.treeWithout(listener, "metadata"), text -> asRecorded(text, withoutZone));
            WholeMessages.assertSame(listener.getName(), tree, same);
        }
        assertThat(secrets(predicted.secrets())).isEqualTo(secrets(recorded.secrets()));
    }

    private static String asRecorded(String text, List<String> withoutZone) {
        Matcher kri = PERMISSION.matcher(text);
        return kri.matches() && withoutZone.contains(kri.group(2))
                ? "kri_mtp_default__" + kri.group(1) + "_" + kri.group(2) + "_"
                : text;
    }

    /** The SVID is not in the recordings; a final line break of PEM texts does not count. */
    private static List<JsonNode> secrets(List<Secret> secrets) {
        return secrets.stream()
                .filter(secret -> !secret.hasTlsCertificate())
                .<JsonNode>map(secret -> ModelledConfig.certificates(secret))
                .toList();
    }
}
