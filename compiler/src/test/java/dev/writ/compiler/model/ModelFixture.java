package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds models of YAML, as a test writes it. */
public final class ModelFixture {
    public static final ModelOptions OPTIONS =
            new ModelOptions("default", List.of("kuma-system", "kong-mesh-system"), null, false, List.of());

    /** A namespace whose pods get sidecars. */
    public static final String DEMO_NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: kuma-demo
              labels:
                kuma.io/sidecar-injection: enabled
            """;

    /** The MeshIdentity of the guide. */
    public static final String IDENTITY = """
            apiVersion: kuma.io/v1alpha1
            kind: MeshIdentity
            metadata:
              name: identity
              namespace: kuma-system
              labels:
                kuma.io/mesh: default
            spec:
              selector:
                dataplane:
                  matchLabels: {}
              spiffeID:
                trustDomain: '{{ .Mesh }}.{{ .Zone }}.mesh.local'
                path: '/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}'
              provider:
                type: Bundled
                bundled:
                  meshTrustCreation: Enabled
                  insecureAllowSelfSigned: true
                  autogenerate:
                    enabled: true
            """;

    private final MeshModel model;
    private final List<Diagnostic> diagnostics;

    private ModelFixture(MeshModel model, List<Diagnostic> diagnostics) {
        this.model = model;
        this.diagnostics = diagnostics;
    }

    public static ModelFixture of(String... documents) {
        return of(OPTIONS, documents);
    }

    /** Reads the documents, which must be free of errors of their own, and builds. */
    public static ModelFixture of(ModelOptions options, String... documents) {
        DiagnosticSink reading = new DiagnosticSink();
        SourceFile file = new SourceFile("mesh.yaml", String.join("---\n", documents));
        List<Resource> resources = new ResourceReader().read(file, reading);
        assertThat(reading.hasErrors()).as(reading.sorted().toString()).isFalse();
        DiagnosticSink building = new DiagnosticSink();
        MeshModel model = ModelBuilder.build(new ArrayList<>(resources), options, building);
        return new ModelFixture(model, building.sorted());
    }

    /** A Deployment in a namespace, with labels and one named port. */
    public static String deployment(String namespace, String name) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %2$s
                  namespace: %1$s
                spec:
                  selector:
                    matchLabels:
                      app: %2$s
                  template:
                    metadata:
                      labels:
                        app: %2$s
                    spec:
                      containers:
                      - name: app
                        image: example
                        ports:
                        - name: http
                          containerPort: 5050
                """.formatted(namespace, name);
    }

    /** The Service of such a Deployment. */
    public static String service(String namespace, String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata:
                  name: %2$s
                  namespace: %1$s
                spec:
                  selector:
                    app: %2$s
                  ports:
                  - port: 80
                    targetPort: http
                    appProtocol: http
                """.formatted(namespace, name);
    }

    public MeshModel model() {
        return model;
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    public Mesh mesh(String name) {
        return model.meshes().stream()
                .filter(mesh -> mesh.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public List<String> workloads() {
        return model.workloads().stream()
                .map(workload -> workload.key().kind() + " " + workload.key())
                .toList();
    }

    public Workload workload(String shortName) {
        List<Workload> found = model.workloads().stream()
                .filter(workload -> workload.key().shortName().equals(shortName))
                .toList();
        assertThat(found).as(shortName).hasSize(1);
        return found.getFirst();
    }

    public @Nullable String spiffeId(String shortName) {
        return switch (workload(shortName).identity()) {
            case Issued issued -> issued.id().toString();
            case Absent absent -> null;
        };
    }

    /** Why a workload has no SPIFFE ID. */
    public Diagnostic reason(String shortName) {
        return switch (workload(shortName).identity()) {
            case Issued issued -> throw new AssertionError("it has " + issued.id());
            case Absent absent -> absent.finding();
        };
    }

    /** The only finding of this kind. */
    public Diagnostic finding(DiagnosticId id) {
        List<Diagnostic> found =
                diagnostics.stream().filter(diagnostic -> diagnostic.id() == id).toList();
        assertThat(found).as(diagnostics.toString()).hasSize(1);
        return found.getFirst();
    }

    /** The underlined text. */
    public static String underlined(Diagnostic diagnostic) {
        SourceSpan span = diagnostic.span();
        return span == null ? "" : span.text();
    }

    public static String shown(Inbound inbound) {
        return inbound.port() + " " + inbound.name() + " " + inbound.protocol() + " " + inbound.state();
    }
}
