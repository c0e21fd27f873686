package dev.writ.bench;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import java.util.List;
import java.util.Random;

/**
 * A mesh of dataplanes, each with an identity and an inbound of its own, in namespaces of twenty, and as many permissions: ten of the
 * mesh, one in twenty of the others of a namespace, the rest of a workload; three in four let in one caller, the others a namespace.
 */
final class BenchedMesh {
    private static final int NAMESPACE = 20;
    private static final int OF_MESH = 10;

    private BenchedMesh() {}

    static Compilation compiled(int size) {
        StringBuilder mesh = new StringBuilder("""
                apiVersion: kuma.io/v1alpha1
                kind: Mesh
                metadata: {name: default}
                spec: {meshServices: {mode: Exclusive}}
                ---
                apiVersion: kuma.io/v1alpha1
                kind: MeshIdentity
                metadata: {name: identity, namespace: kuma-system, labels: {kuma.io/mesh: default}}
                spec:
                  selector: {dataplane: {matchLabels: {}}}
                  spiffeID:
                    trustDomain: '{{ .Mesh }}.{{ .Zone }}.mesh.local'
                    path: '/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}'
                  provider:
                    type: Bundled
                    bundled: {insecureAllowSelfSigned: true, autogenerate: {enabled: true}}
                """);
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            mesh.append("""
                    ---
                    apiVersion: kuma.io/v1alpha1
                    kind: Dataplane
                    mesh: default
                    metadata:
                      name: app-%1$d
                      namespace: team-%2$d
                      labels: {app: app-%1$d, team: team-%2$d, k8s.kuma.io/service-account: app-%1$d}
                    spec:
                      networking:
                        address: 10.0.0.1
                        inbound:
                        - {port: 8080, name: http, tags: {kuma.io/service: app-%1$d, kuma.io/protocol: http}}
                    ---
                    apiVersion: kuma.io/v1alpha1
                    kind: MeshTrafficPermission
                    metadata: {name: mtp-%1$d, namespace: kuma-system}
                    spec:
                      targetRef: %3$s
                      rules:
                      - default:
                          %4$s: [{spiffeID: %5$s}]
                    """.formatted(
                            i,
                            i / NAMESPACE,
                            target(i, random.nextInt(size), random),
                            action(random),
                            match(random.nextInt(size), random)));
        }
        Compilation compilation = PolicyCompiler.compile(
                List.of(new SourceFile("mesh.yaml", mesh.toString())), List.of(), ModelOptions.DEFAULT);
        if (compilation.hasErrors()) {
            throw new IllegalStateException(compilation.diagnostics().toString());
        }
        return compilation;
    }

    private static String target(int permission, int workload, Random random) {
        if (permission < OF_MESH) {
            return "{kind: Mesh}";
        }
        return random.nextInt(20) == 0
                ? "{kind: Dataplane, labels: {team: team-" + workload / NAMESPACE + "}}"
                : "{kind: Dataplane, labels: {app: app-" + workload + "}}";
    }

    private static String action(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> "deny";
            case 1 -> "allowWithShadowDeny";
            default -> "allow";
        };
    }

    private static String match(int workload, Random random) {
        String namespace = "spiffe://default.default.mesh.local/ns/team-" + workload / NAMESPACE;
        return random.nextInt(4) == 0
                ? "{type: Prefix, value: " + namespace + "}"
                : "{type: Exact, value: " + namespace + "/sa/app-" + workload + "}";
    }
}
