package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.ResourceReader;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of Kuma's validators that no recorded case shows: at which field each is violated. */
final class ValidatorRulesTest {
    private static final String ALLOW =
            "rules: [{ default: { allow: [{ spiffeID: { type: Exact, value: spiffe://a/b } }] } }]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trustDomain: a, caBundles: []                                            | spec.caBundles",
                "caBundles: [{ type: Pem, pem: { value: PEM } }]                          | spec.trustDomain",
                "trustDomain: a, caBundles: [{ type: Pem }]                               | spec.caBundles[0].pem",
                "trustDomain: a, caBundles: [{ type: Pem, pem: { value: PEM } }, { type: Pem, pem: { value: x } }] | spec.caBundles[1].pem.value",
                "trustDomain: a, caBundles: [{ type: Pem, pem: { value: KEY } }]          | spec.caBundles[0].pem.value",
                "trustDomain: a, caBundles: [{ type: Other, pem: { value: x } }]          | spec.caBundles.type",
                "trustDomain: a, caBundles: [{ pem: { value: x } }]                       | spec.caBundles.type",
            })
    void ofAMeshTrust(String spec, String field) {
        assertRefused("MeshTrust", spec, Target.KUMA_3, field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: [{ default: { tlsVersion: { min: TLS13, max: TLS12 } } }] | spec.rules[0].default.tlsVersion.min",
                "rules: [{ default: { mode: Strict } }, { default: { tlsCiphers: [X] } }] | spec.rules[1].default.tlsCiphers",
                "targetRef: { kind: Dataplane, name: a, labels: { b: c } }, rules: [{ default: { mode: Strict } }] | spec.targetRef.labels",
            })
    void ofAMeshTls(String spec, String field) {
        assertRefused("MeshTLS", spec, Target.KUMA_3, field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: [{ default: { deny: [{ spiffeID: { type: Exact } }] } }]              | spec.rules[0].deny[0].spiffeID",
                "rules: [{ default: { deny: [{ spiffeID: { type: Exact, value: '' } }] } }]   | spec.rules[0].deny[0].spiffeID",
                "rules: [{ default: { allowWithShadowDeny: [{}, { spiffeID: { type: Prefix, value: 'spiffe://a/' } }] } }] | spec.rules[0].allowWithShadowDeny[1].spiffeID",
                "rules: [{}]                                                                  | spec.rules[0]",
                "targetRef: { kind: Mesh, sectionName: a }, ALLOW                             | spec.targetRef.sectionName",
                "targetRef: { kind: Dataplane, tags: { a: b } }, ALLOW                        | spec.targetRef.tags",
                "targetRef: { kind: Dataplane, mesh: a }, ALLOW                               | spec.targetRef.mesh",
                "targetRef: { kind: MeshService, labels: { a: b }, namespace: c }, ALLOW      | spec.targetRef.labels",
                "targetRef: { kind: MeshService, namespace: c }, ALLOW                        | spec.targetRef.name",
                "from: [{ targetRef: { kind: MeshServiceSubset }, default: { action: Allow } }] | spec.from[0].targetRef.name",
            })
    void ofAPermission(String spec, String field) {
        assertRefused("MeshTrafficPermission", spec.replace("ALLOW", ALLOW), Target.KUMA_2_14, field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MeshTLS | rules: [{ default: { tlsVersion: { min: TLS13, max: TLSAuto } } }]",
                "MeshTLS | rules: [{ default: { tlsVersion: { min: TLSAuto, max: TLS10 } } }]",
                "MeshTrafficPermission | targetRef: { kind: MeshService, labels: { a: b } }, ALLOW",
                "MeshTrafficPermission | targetRef: { kind: Dataplane }, ALLOW",
            })
    void whatNoneOfThemRefuses(String type, String spec) {
        assertThat(refusedFields(type, spec.replace("ALLOW", ALLOW), Target.KUMA_2_14))
                .isEmpty();
    }

    private static void assertRefused(String type, String spec, Target target, String field) {
        String pem = "\"-----BEGIN %1$s-----\\nbm90aGluZw==\\n-----END %1$s-----\"";
        String whole = spec.replace("value: PEM", "value: " + pem.formatted("CERTIFICATE"))
                .replace("value: KEY", "value: " + pem.formatted("PRIVATE KEY"));
        assertThat(refusedFields(type, whole, target)).containsExactly(field);
    }

    private static Iterable<String> refusedFields(String type, String spec, Target target) {
        SourceFile file =
                new SourceFile("x.yaml", "type: " + type + "\nmesh: default\nname: x\nspec: { " + spec + " }\n");
        DiagnosticSink sink = new DiagnosticSink();
        VersionRules.check(new ResourceReader().read(file, sink), target, sink);
        return sink.sorted().stream()
                .filter(found -> found.severity() == Severity.ERROR)
                .map(Diagnostic::field)
                .filter(Objects::nonNull)
                .toList();
    }
}
