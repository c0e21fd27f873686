package dev.writ.compiler.envoy.kuma;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is predicted against what a real control plane sent, in the recorded live scenarios: the inbound listeners, whole but for what
 * other policies put into them, the clusters' transport sockets, and the secrets. A message that is missing fails.
 */
class RecordedScenarioTest {
    private static final Path SCENARIOS =
            Path.of(requireNonNull(System.getProperty("writ.root")), "..", "shared", "kuma", "scenarios");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Refused by the control plane when they were applied: what was there before stayed. */
    private static final int REFUSED = 400;

    /** The control plane sent nothing new, and Envoy refused what it sent. */
    private static final Set<String> NOTHING_NEW = Set.of("24-hazard-empty-match", "27-hazard-template-runtime-error");

    /**
     * A control plane notes in the status of a MeshService that its workloads had certificates, and the recordings tell nothing
     * of it: here they had, before their identity was taken away.
     */
    private static final Set<String> WAS_READY = Set.of("26-hazard-failopen-identity-unselected");

    /**
     * Recorded within the five seconds in which the control plane had not yet computed the identities of a MeshService that was
     * applied anew ({@code meshservice/status/updater.go}): until then clients accept any peer that they trust.
     */
    private static final Set<String> WITHOUT_IDENTITIES = Set.of("21-hazard-trailing-slash-prefix-rejected");

    static Stream<String> scenarios() throws IOException {
        if (!Files.isDirectory(SCENARIOS)) {
            return Stream.of("none");
        }
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void thePredictionIsWhatTheControlPlaneSent(String scenario) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(SCENARIOS), "no recorded scenarios");
        Path folder = SCENARIOS.resolve(scenario);
        Target target = scenario.startsWith("v214") ? Target.KUMA_2_14 : Target.KUMA_3;
        Compilation compiled = compile(folder, target);
        if (NOTHING_NEW.contains(scenario) && hasErrors(compiled)) {
            return;
        }
        assertThat(hasErrors(compiled)).as(compiled.diagnostics().toString()).isFalse();
        assertThat(compiled.policy().workloads()).hasSize(2);
        for (WorkloadPolicy policy : compiled.policy().workloads()) {
            String name = policy.workload().key().name();
            Mesh mesh = compiled.model().meshes().getFirst();
            DiagnosticSink sink = new DiagnosticSink();
            Optional<KumaSnapshot> predicted = KumaSnapshotEmitter.emit(mesh, policy, target, sink);
            if (NOTHING_NEW.contains(scenario)) {
                assertThat(predicted).isEmpty();
                assertThat(sink.hasErrors()).isTrue();
                continue;
            }
            assertThat(predicted).as(sink.sorted().toString()).isPresent();
            String recording = scenario.equals("14-mid-spire") ? "envoy-" : "xds-";
            String recorded = Files.readString(folder.resolve(recording + name + ".json"));
            compare(
                    withoutWhatTheRecordingLacks(predicted.get(), recorded),
                    ProxyConfigReader.read(recorded),
                    WITHOUT_IDENTITIES.contains(scenario) && name.startsWith("demo-app"));
        }
    }

    /** The resources without those that the control plane refused. */
    private static Compilation compile(Path folder, Target target) throws IOException {
        JsonNode result = JSON.readTree(Files.readString(folder.resolve("result.json")));
        String text = Files.readString(folder.resolve("input.yaml"));
        List<String> kept = new ArrayList<>();
        for (String document : text.split("(?m)^---$", -1)) {
            boolean refused = false;
            for (JsonNode applied : result.path("apply")) {
                refused |= applied.path("status").asInt() == REFUSED && isApplied(applied, document);
            }
            if (!refused) {
                kept.add(document);
            }
        }
        String input = String.join("---", kept);
        if (WAS_READY.contains(folder.getFileName().toString())) {
            input = input.replace("type: MeshService\n", "type: MeshService\nstatus: {tls: {status: Ready}}\n");
        }
        SourceFile file = new SourceFile("input.yaml", input);
        return PolicyCompiler.compile(List.of(file), List.of(), ModelOptions.DEFAULT.withTarget(target));
    }

    private static boolean hasErrors(Compilation compiled) {
        return compiled.diagnostics().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private static boolean isApplied(JsonNode applied, String document) {
        return document.contains("type: " + applied.path("type").asText() + "\n")
                && Pattern.compile("(?m)^name: " + applied.path("name").asText() + "$")
                        .matcher(document)
                        .find();
    }

    /**
     * The inspection API leaves the SVID of a MeshIdentity out; and a cluster that waits for its secrets is not in the dumps as
     * they were recorded, only the one that Envoy had before, without TLS.
     */
    private static KumaSnapshot withoutWhatTheRecordingLacks(KumaSnapshot predicted, String recorded)
            throws IOException {
        List<String> awaited = new ArrayList<>();
        JSON.readTree(recorded).path("secrets").fieldNames().forEachRemaining(name -> {
            if (name.endsWith("!warming")) {
                awaited.add(name.substring(0, name.indexOf("!warming")));
            }
        });
        return new KumaSnapshot(
                predicted.workload(),
                predicted.listeners(),
                predicted.clusters().stream()
                        .map(cluster -> awaited.stream().anyMatch(cluster.toString()::contains)
                                ? cluster.toBuilder().clearTransportSocket().build()
                                : cluster)
                        .toList(),
                predicted.secrets().stream()
                        .filter(secret -> !secret.getName().startsWith("kri_mid_"))
                        .toList());
    }

    private static void compare(KumaSnapshot predicted, ProxyConfig recorded, boolean isWithoutIdentities) {
        Optional<KumaSnapshotDifference> difference = KumaSnapshotDifference.find(predicted, recorded);
        if (isWithoutIdentities) {
            assertThat(difference).hasValueSatisfying(found -> {
                assertThat(found.part()).isEqualTo(KumaSnapshotDifference.Part.SAN);
                assertThat(found.where()).startsWith("cluster `kri_msvc_");
                assertThat(found.found()).isEmpty();
            });
        } else {
            assertThat(difference).isEmpty();
        }
        assertThat(recorded.clusters().stream()
                        .map(Cluster::getName)
                        .filter(name -> name.startsWith("kri_msvc_") || name.contains("_msvc_")))
                .isSubsetOf(predicted.clusters().stream().map(Cluster::getName).toList());
        for (Listener listener : predicted.listeners()) {
            Listener same = recorded.listeners().stream()
                    .filter(other -> other.getName().equals(listener.getName()))
                    .findFirst()
                    .orElseThrow();
            WholeMessages.assertSame(listener.getName(), WholeMessages.tree(listener), WholeMessages.tree(same));
        }
    }
}
