package dev.writ.compiler.check;

import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sources for the checks, put together as a cluster's manifests are, with what the compiler finds in them. */
final class Manifests {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private final StringBuilder yaml = new StringBuilder();
    private final List<String> namespaces = new ArrayList<>();

    /** An identity of Kuma's defaults that selects all. */
    static Manifests withIdentity() {
        return new Manifests().identity("identity", "{}", "");
    }

    Manifests identity(String name, String matchLabels, String spiffeId) {
        return raw("""
                apiVersion: kuma.io/v1alpha1
                kind: MeshIdentity
                metadata:
                  name: %s
                  namespace: kuma-system
                spec:
                  selector: { dataplane: { matchLabels: %s } }
                  %s
                  provider:
                    type: Bundled
                    bundled: { insecureAllowSelfSigned: true, autogenerate: { enabled: true } }
                """.formatted(name, matchLabels, spiffeId.isEmpty() ? "" : "spiffeID: " + spiffeId));
    }

    Manifests workload(String namespace, String name, String account) {
        if (!namespaces.contains(namespace)) {
            namespaces.add(namespace);
            raw("""
                    apiVersion: v1
                    kind: Namespace
                    metadata:
                      name: %s
                      labels: { kuma.io/sidecar-injection: enabled }
                    """.formatted(namespace));
        }
        return raw("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: %2$s, namespace: %1$s }
                spec:
                  selector: { matchLabels: { app: %2$s } }
                  template:
                    metadata: { labels: { app: %2$s } }
                    spec:
                      serviceAccountName: %3$s
                      containers: [{ name: c, image: i, ports: [{ name: http, containerPort: 8080 }] }]
                ---
                apiVersion: v1
                kind: Service
                metadata: { name: %2$s, namespace: %1$s }
                spec:
                  selector: { app: %2$s }
                  ports: [{ name: http, port: 80, targetPort: 8080, appProtocol: http }]
                """.formatted(namespace, name, account));
    }

    /** A permission in Kuma's YAML with one rule. */
    Manifests permission(String namespace, String targetRef, String action, String type, String value) {
        return raw("""
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata: { name: mtp, namespace: %s }
                spec:
                  %s
                  rules:
                    - default:
                        %s:
                          - spiffeID:
                              type: %s
                              value: %s
                """.formatted(namespace, targetRef, action, type, value));
    }

    Manifests allowing(String prefix) {
        return permission("kuma-demo", "", "allow", "Prefix", prefix);
    }

    Manifests raw(String document) {
        yaml.append("---\n").append(document);
        return this;
    }

    /** What the compiler says, findings of these kinds alone. */
    List<Diagnostic> findings(DiagnosticId... ids) {
        List<DiagnosticId> wanted = List.of(ids);
        return all().stream().filter(finding -> wanted.contains(finding.id())).toList();
    }

    List<Diagnostic> all() {
        return all(Target.ENVOY);
    }

    /** What it says to one who asks for another target. */
    List<Diagnostic> all(Target target) {
        return all(ModelOptions.DEFAULT.withTarget(target), NOW);
    }

    /** What it says on another day. */
    List<Diagnostic> allAt(Instant now) {
        return all(ModelOptions.DEFAULT, now);
    }

    /** What it says with these options. */
    List<Diagnostic> all(ModelOptions options) {
        return all(options, NOW);
    }

    private List<Diagnostic> all(ModelOptions options, Instant now) {
        SourceFile file = new SourceFile("mesh.yaml", yaml.toString());
        return PolicyCompiler.compile(List.of(file), List.of(), options, new DiagnosticSink(), now)
                .diagnostics();
    }

    /** The underlined text. */
    static String underlined(Diagnostic finding) {
        return finding.span() == null ? "" : finding.span().text();
    }
}
