package dev.writ.compiler;

import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import java.util.List;
import java.util.Random;

/**
 * A mesh of many dataplanes, each with an identity and an inbound of its own, in namespaces of twenty; permissions of workloads, of
 * namespaces and a few of the mesh, of exact IDs and of prefixes.
 */
public final class LargeMesh {
    private static final int NAMESPACE = 20;
    private static final int MOST_OF_MESH = 10;

    private LargeMesh() {}

    public static Compilation compiled(int workloads, int permissions) {
        Compilation compilation = PolicyCompiler.compile(
                List.of(new SourceFile("mesh.yaml", text(workloads, permissions))), List.of(), ModelOptions.DEFAULT);
        if (compilation.hasErrors()) {
            throw new IllegalStateException(compilation.diagnostics().toString());
        }
        return compilation;
    }

    public static String text(int workloads, int permissions) {
        StringBuilder mesh = new StringBuilder("""
                apiVersion: kuma.io/v1alpha1
                kind: Mesh
                metadata: {name: default}
                spec: {meshServices: {mode: Exclusive}}
                ---
                apiVersion: kuma.io/v1alpha1
                kind: MeshIdentity
                metadata:
                  name: identity
                  namespace: kuma-system
                  labels: {kuma.io/mesh: default}
                spec:
                  selector: {dataplane: {matchLabels: {}}}
                  spiffeID:
                    trustDomain: '{{ .Mesh }}.{{ .Zone }}.mesh.local'
                    path: '/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}'
                  provider:
                    type: Bundled
                    bundled: {insecureAllowSelfSigned: true, autogenerate: {enabled: true}}
                """);
        for (int i = 0; i < workloads; i++) {
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
                    """.formatted(i, i / NAMESPACE));
        }
        Random random = new Random(workloads);
        for (int i = 0; i < permissions; i++) {
            mesh.append("""
                    ---
                    apiVersion: kuma.io/v1alpha1
                    kind: MeshTrafficPermission
                    metadata: {name: mtp-%d, namespace: kuma-system}
                    spec:
                      targetRef: %s
                      rules:
                      - default:
                          %s:
                    %s""".formatted(i, target(i, workloads, random), action(random), match(workloads, random)));
        }
        return mesh.toString();
    }

    private static String target(int permission, int workloads, Random random) {
        int workload = random.nextInt(workloads);
        return permission < MOST_OF_MESH
                ? "{kind: Mesh}"
                : random.nextInt(20) == 0
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

    private static String match(int workloads, Random random) {
        int workload = random.nextInt(workloads);
        String namespace = "spiffe://default.default.mesh.local/ns/team-" + workload / NAMESPACE;
        return "      - spiffeID: {type: "
                + (random.nextInt(4) == 0
                        ? "Prefix, value: " + namespace
                        : "Exact, value: " + namespace + "/sa/app-" + workload)
                + "}\n";
    }
}
