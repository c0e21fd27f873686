package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.conformance.RecordedResources;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.DataplaneInbound;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Dataplanes in the universal form, with the labels that the recorded scenarios show. */
class UniversalDataplaneTest {
    private final DiagnosticSink diagnostics = new DiagnosticSink();

    @Test
    void aDataplaneWithoutANamespaceGoesByItsName() {
        Workload workload = only(dataplane("default", "kv-1", Map.of("app", "kv")));
        assertThat(workload.key()).isEqualTo(new WorkloadKey("default", "default", "Dataplane", null, "kv-1"));
        assertThat(workload.key()).hasToString("kv-1");
        assertThat(workload.isUniversal()).isTrue();
        assertThat(workload.labels())
                .containsExactlyInAnyOrderEntriesOf(new TreeMap<>(Map.of(
                        "app", "kv",
                        "kuma.io/display-name", "kv-1",
                        "kuma.io/env", "universal",
                        "kuma.io/mesh", "default",
                        "kuma.io/origin", "zone",
                        "kuma.io/zone", "default")));
    }

    @Test
    void itsNamespaceIsWhatItsLabelSays() {
        Workload workload = only(dataplane("default", "kv-1", Map.of("k8s.kuma.io/namespace", "kuma-demo")));
        assertThat(workload.key()).hasToString("kuma-demo/kv-1");
    }

    @Test
    void itsInboundsListenOnItsAddress() {
        Workload workload = only(dataplane("default", "kv_1", Map.of()));
        assertThat(workload.address()).isEqualTo("127.0.1.2");
        Inbound inbound = workload.inbounds().getFirst();
        assertThat(inbound.address()).isEqualTo("127.0.1.2");
        assertThat(inbound.serviceAddress()).isEqualTo("127.0.0.1");
        assertThat(inbound.servicePort()).isEqualTo(15051);
        assertThat(inbound.tags()).containsEntry("kuma.io/service", "kv");
    }

    @Test
    void dataplanesOfTwoMeshesMayHaveOneName() {
        MeshModel model = build(dataplane("one", "kv", Map.of()), dataplane("two", "kv", Map.of()));
        assertThat(diagnostics.sorted()).isEmpty();
        assertThat(model.workloads())
                .extracting(workload -> workload.key().mesh())
                .containsExactly("one", "two");
    }

    @Test
    void dataplanesOfOneMeshHaveDifferentNames() {
        Map<String, String> elsewhere = Map.of("k8s.kuma.io/namespace", "other");
        build(dataplane("default", "kv", Map.of()), dataplane("default", "kv", elsewhere));
        assertThat(diagnostics.sorted())
                .extracting(diagnostic -> diagnostic.id() + ": " + diagnostic.message())
                .containsExactly(
                        DiagnosticId.WORKLOAD_DUPLICATE + ": there is another Dataplane `kv` in the mesh `default`");
    }

    private Workload only(Resource dataplane) {
        MeshModel model = build(dataplane);
        assertThat(diagnostics.sorted()).isEmpty();
        return model.workloads().getFirst();
    }

    private MeshModel build(Resource... resources) {
        return ModelBuilder.build(List.of(resources), ModelOptions.DEFAULT, diagnostics);
    }

    private static Resource dataplane(String mesh, String name, Map<String, String> labels) {
        Map<String, SourceText> texts = new TreeMap<>();
        labels.forEach((key, value) -> texts.put(key, RecordedResources.text(value)));
        Metadata metadata = new Metadata(
                new Located<>(name, RecordedResources.PLACE),
                null,
                new Located<>(mesh, RecordedResources.PLACE),
                Metadata.Form.UNIVERSAL,
                texts,
                Map.of(),
                List.of(),
                null);
        DataplaneInbound inbound = new DataplaneInbound(
                "http",
                5050,
                "http",
                true,
                null,
                "127.0.0.1",
                15051,
                Map.of("kuma.io/service", "kv"),
                RecordedResources.PLACE);
        return new DataplaneResource(
                metadata, RecordedResources.PLACE, "127.0.1.2", List.of(inbound), List.of(), false);
    }
}
