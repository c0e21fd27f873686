package dev.writ.compiler.resource;

import static dev.writ.compiler.model.ModelFixture.DEMO_NAMESPACE;
import static dev.writ.compiler.model.ModelFixture.IDENTITY;
import static dev.writ.compiler.model.ModelFixture.deployment;
import static dev.writ.compiler.model.ModelFixture.service;
import static dev.writ.compiler.model.ModelFixture.underlined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.ModelFixture;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.compiler.syntax.TargetRef.OneWorkload;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import dev.writ.compiler.syntax.WritRulesParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ResourceEmitterTest {
    private static final String ID = "spiffe://default.default.mesh.local";
    private static final String WORKLOADS = String.join(
            "---\n",
            DEMO_NAMESPACE,
            deployment("kuma-demo", "kv"),
            service("kuma-demo", "kv"),
            deployment("kuma-demo", "web"),
            service("kuma-demo", "web"));

    /** A permission in Writ's language, as a feature declares it. */
    private static Resource declared(String name, TargetRef target, String rules) {
        SourceFile file = new SourceFile("kv.feature", name + "\n" + rules);
        int start = name.length() + 1;
        int[] offsets = new int[rules.length() + 1];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = start + i;
        }
        DiagnosticSink sink = new DiagnosticSink();
        SourceText text = new SourceText(rules, file.span(start, start + rules.length()), offsets);
        Resource permission = new PermissionResource(
                new Metadata(
                        new Located<>(name, file.span(0, name.length())), null, Map.of(), Map.of(), List.of(), null),
                file.span(0, name.length()),
                target,
                WritRulesParser.parse(text, sink).stream().toList(),
                List.of(),
                true);
        assertThat(sink.sorted()).isEmpty();
        return permission;
    }

    private static TargetRef on(String workload) {
        SourceFile file = new SourceFile("kv.feature", workload);
        return new OneWorkload(new Located<>(workload, file.span(0, workload.length())));
    }

    private static Optional<SortedMap<String, String>> emit(String yaml, DiagnosticSink sink, Resource... declared) {
        MeshModel model = PolicyCompiler.compile(
                        List.of(new SourceFile("mesh.yaml", yaml)),
                        List.of(declared),
                        ModelFixture.OPTIONS.withTarget(Target.RESOURCES))
                .model();
        assertThat(model.meshes()).isNotEmpty();
        return ResourceEmitter.emit(model, sink);
    }

    private static SortedMap<String, String> emitted(String yaml, Resource... declared) {
        DiagnosticSink sink = new DiagnosticSink();
        Optional<SortedMap<String, String>> files = emit(yaml, sink, declared);
        assertThat(sink.sorted()).isEmpty();
        return files.orElseThrow();
    }

    private static Diagnostic refused(String yaml, Resource... declared) {
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(emit(yaml, sink, declared)).isEmpty();
        assertThat(sink.sorted()).hasSize(1);
        return sink.sorted().getFirst();
    }

    @Test
    void aPatternBecomesThePrefixThatGoesOnIntoTheTemplatesNextLiteralSegment() {
        SortedMap<String, String> files = emitted(
                IDENTITY + "---\n" + WORKLOADS,
                declared(
                        "kv-callers",
                        on("kuma-demo/kv"),
                        "allow " + ID + "/ns/kuma-demo/**\ndeny " + ID + "/ns/kuma-demo/sa/web"));

        assertThat(files).containsOnlyKeys(ResourceEmitter.IDENTITIES, ResourceEmitter.PERMISSIONS);
        assertThat(files.get(ResourceEmitter.PERMISSIONS)).isEqualTo("""
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata:
                  name: kv-callers
                  namespace: kuma-system
                  labels:
                    kuma.io/mesh: default
                spec:
                  targetRef:
                    kind: Dataplane
                    labels:
                      app: kv
                      k8s.kuma.io/namespace: kuma-demo
                  rules:
                  - default:
                      deny:
                      - spiffeID:
                          type: Exact
                          value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/web
                      allow:
                      - spiffeID:
                          type: Prefix
                          value: spiffe://default.default.mesh.local/ns/kuma-demo/sa
                """);
    }

    @Test
    void aMeshIdentityIsTheSameAfterwards() {
        SortedMap<String, String> files = emitted(IDENTITY + "---\n" + WORKLOADS);

        assertThat(files).containsOnlyKeys(ResourceEmitter.IDENTITIES);
        assertThat(ModelFixture.of(files.get(ResourceEmitter.IDENTITIES) + "---\n" + WORKLOADS)
                        .spiffeId("kuma-demo/kv"))
                .isEqualTo(ID + "/ns/kuma-demo/sa/default");
    }

    @Test
    void aPatternBelowWhichTheTemplateGoesOnWithAVariableIsRefused() {
        String identity = IDENTITY.replace("/ns/{{ .Namespace }}/sa/", "/{{ .Namespace }}/");
        Diagnostic refused = refused(
                identity + "---\n" + WORKLOADS,
                declared("kv-callers", new WholeMesh(), "allow " + ID + "/kuma-demo/**"));

        assertThat(underlined(refused)).isEqualTo(ID + "/kuma-demo/**");
        assertThat(refused.message()).contains("no prefix is equal to it");
        assertThat(refused.help()).contains("the prefix `" + ID + "/kuma-demo`, which also matches");
    }

    @Test
    void aPatternInATrustDomainOfOthersIsRefused() {
        Diagnostic refused = refused(
                IDENTITY + "---\n" + WORKLOADS,
                declared("kv-callers", new WholeMesh(), "allow spiffe://partner.example/ns/shop/**"));

        assertThat(underlined(refused)).isEqualTo("spiffe://partner.example/ns/shop/**");
    }

    @Test
    void theWholeTrustDomainIsAPrefixOfItsTemplate() {
        assertThat(emitted(IDENTITY + "---\n" + WORKLOADS, declared("all", new WholeMesh(), "allow " + ID + "/**"))
                        .get(ResourceEmitter.PERMISSIONS))
                .contains("value: " + ID + "/ns\n")
                .contains("kind: Mesh\n");
    }

    @Test
    void aNameThatKubernetesDoesNotTakeIsRefused() {
        Diagnostic refused = refused(
                IDENTITY + "---\n" + WORKLOADS,
                declared("Callers of kv", new WholeMesh(), "allow " + ID + "/ns/kuma-demo/sa/web"));

        assertThat(underlined(refused)).isEqualTo("Callers of kv");
    }

    @Test
    void aWorkloadWithoutALabelOfItsOwnIsRefused() {
        String twin = deployment("kuma-demo", "kv").replaceFirst("name: kv", "name: twin");
        Diagnostic refused = refused(
                IDENTITY + "---\n" + WORKLOADS + "---\n" + twin,
                declared("kv-callers", on("kuma-demo/kv"), "allow " + ID + "/ns/kuma-demo/sa/web"));

        assertThat(underlined(refused)).isEqualTo("kuma-demo/kv");
    }

    @Test
    void aPrefixWithASlashAtItsEndIsReadAsAPattern() {
        assertThat(emitted(
                                IDENTITY + "---\n" + WORKLOADS,
                                declared("shop", new WholeMesh(), "allow prefix \"" + ID + "/ns/shop/\""))
                        .get(ResourceEmitter.PERMISSIONS))
                .contains("value: " + ID + "/ns/shop/sa\n");
    }

    @Test
    void aMeshWithACaOfItsOwnIsRefused() {
        Diagnostic refused = refused("""
                type: Mesh
                name: default
                mtls:
                  enabledBackend: ca-1
                  backends:
                  - name: ca-1
                    type: builtin
                """);
        assertThat(refused.message()).contains("`mtls`");
        assertThat(ModelFixture.underlined(refused)).isEqualTo("ca-1");
    }

    @Test
    void aMeshTlsIsRefused() {
        Diagnostic refused = refused(IDENTITY + "---\n" + WORKLOADS + """
                ---
                type: MeshTLS
                mesh: default
                name: permissive
                spec:
                  rules:
                  - default: {mode: Permissive}
                """);
        assertThat(refused.message()).contains("MeshTLS");
    }
}
