package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one version of Kuma refuses and another does not. */
class VersionRulesTest {
    private static final String RULE = "{default: {allow: [{spiffeID: {type: Exact, value: 'spiffe://a'}}]}}";
    private static final String FROM = "{targetRef: {kind: Mesh}, default: {action: Allow}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: Mesh, name: x, mtls: {backends: []}} | mtls | kuma-3 | mtls",
                "{type: MeshTrafficPermission, SPEC: {from: [FROM]}} | targetRef | kuma-3 | spec",
                "{type: MeshTrafficPermission, SPEC: {rules: [RULE], targetRef: {kind: MeshSubset}}} | MeshSubset | kuma-3 | spec.targetRef.kind",
                "{type: MeshTrafficPermission, SPEC: {rules: [RULE], targetRef: {kind: MeshService, name: a}}} | MeshService | kuma-3 | spec.targetRef.kind",
                "{type: MeshTLS, SPEC: {from: [{targetRef: {kind: Mesh}, default: {}}]}} | targetRef | kuma-3 | spec.from",
                "{type: MeshTrafficPermission, SPEC: {rules: [{default: {deny: [{sni: {type: Exact, value: a.b}}]}}]}}"
                        + " | sni: {type: Exact, value: a.b | kuma-2.12 kuma-2.13 | spec.rules[0].deny[0].sni",
                "{type: MeshIdentity, SPEC: {selector: {}}} | x | kuma-2.12 | spec.provider",
                "{type: MeshIdentity, SPEC: {provider: {type: Extension, extension: {name: vault}}}} | extension | kuma-2.12 kuma-2.13"
                        + " | spec.provider.type",
                "{type: MeshIdentity, SPEC: {provider: {type: Spire, spire: {}}, spiffeID: {path: '/w/{{ .Workload }}'}}}"
                        + " | .Workload | kuma-2.12 | spec.spiffeID.path",
                "{type: MeshIdentity, SPEC: {provider: {type: Bundled, bundled: {ca: {certificate: {type: Inline, inline: {value: a}},"
                        + " privateKey: {type: EnvVar, envVar: {name: K}}}}}}}"
                        + " | certificate | kuma-2.12 kuma-2.13 kuma-2.14 kuma-3 | spec.provider.bundled.ca.certificate.type",
            })
    void onlyTheVersionsThatRefuseItDo(String yaml, String underlined, String versions, String field) {
        String resource = yaml.replace("SPEC", "mesh: default, name: x, spec")
                .replace("RULE", RULE)
                .replace("FROM", FROM);
        List<String> refusing = new ArrayList<>();
        for (Target target : Target.values()) {
            DiagnosticSink sink = new DiagnosticSink();
            List<Resource> resources = new ResourceReader().read(new SourceFile("t.yaml", resource + "\n"), sink);
            assertThat(sink.sorted()).isEmpty();
            VersionRules.check(resources, target, sink);
            for (Diagnostic found : sink.sorted()) {
                refusing.add(target.id());
                assertThat(found.field()).isEqualTo(field);
                assertThat(Objects.requireNonNull(found.span()).text()).isEqualTo(underlined);
            }
        }
        assertThat(String.join(" ", refusing)).isEqualTo(versions);
    }
}
