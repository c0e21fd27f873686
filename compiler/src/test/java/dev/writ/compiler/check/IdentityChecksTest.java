package dev.writ.compiler.check;

import static dev.writ.compiler.check.Manifests.underlined;
import static dev.writ.compiler.check.Manifests.withIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import org.junit.jupiter.api.Test;

final class IdentityChecksTest {

    @Test
    void aMeshThatIsInOrderIsNotFoundFaultWith() {
        assertThat(withIdentity()
                        .workload("kuma-demo", "demo-app", "demo-app")
                        .workload("kuma-demo", "kv", "kv")
                        .allowing("spiffe://default.default.mesh.local/ns/kuma-demo/sa")
                        .all())
                .isEmpty();
    }

    @Test
    void anUnknownVariableIsOneFindingForAllWorkloads() {
        assertThat(withPath("/ns/{{ .Namspace }}/sa/{{ .ServiceAccount }}")
                        .workload("a", "one", "one")
                        .workload("a", "two", "two")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE);
                    assertThat(underlined(finding)).isEqualTo(".Namspace");
                    assertThat(finding.help()).isEqualTo("did you mean `.Namespace`?");
                });
    }

    @Test
    void anUnknownVariableIsFoundThoughNoWorkloadIsThere() {
        assertThat(new Manifests()
                        .identity("identity", "{ app: x }", "{ trustDomain: '{{ .Namespace }}', path: '/{{ .Zone }}' }")
                        .all())
                .extracting(Manifests::underlined)
                .containsExactly(".Namespace", ".Zone");
    }

    @Test
    void aMissingLabelIsOneFindingThatNamesTheWorkloadsWithoutIt() {
        Manifests manifests = withPath("/t/{{ label \"team\" }}/{{ .ServiceAccount }}");
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            manifests.workload("ns", name, name);
        }
        assertThat(manifests.all()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(DiagnosticId.TEMPLATE_MISSING_LABEL);
            assertThat(underlined(finding)).isEqualTo("label \"team\"");
            assertThat(finding.message()).isEqualTo("there is no label `team` (for `ns/a`, `ns/b`, `ns/c` and 2 more)");
            assertThat(finding.related())
                    .extracting(related -> related.span().text())
                    .containsExactly("a", "b", "c");
        });
    }

    @Test
    void anEmptyLabelLeavesItsSegmentEmpty() {
        assertThat(withPath("/x/{{ label \"app\" }}/{{ label \"tier\" }}")
                        .workload("ns", "web", "web")
                        .raw("""
                                apiVersion: v1
                                kind: Pod
                                metadata: { name: bare, namespace: ns, labels: { app: bare, tier: "" } }
                                spec: { containers: [{ name: c, image: i }] }
                                """)
                        .findings(DiagnosticId.TEMPLATE_UNRESOLVABLE))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(underlined(finding)).isEqualTo("label \"tier\"");
                    assertThat(finding.message())
                            .isEqualTo("`label \"tier\"` is empty: a SPIFFE ID has no trailing slash (for `ns/bare`)");
                });
    }

    @Test
    void aTemplateThatSpoilsTheSpiffeIdIsUnderlinedWhereItDoes() {
        assertThat(withPath("/ns/a~b/{{ .ServiceAccount }}")
                        .workload("ns", "web", "web")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.SPIFFE_ID_INVALID);
                    assertThat(underlined(finding)).isEqualTo("~");
                });
    }

    @Test
    void aPathWithoutItsSlashEscapesTheTrustDomain() {
        assertThat(withPath("ns/{{ .Namespace }}").workload("a", "web", "web").all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.TEMPLATE_ESCAPES_TRUST_DOMAIN);
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(underlined(finding)).isEqualTo("ns");
                    assertThat(finding.help()).contains("`spiffe://default.default.mesh.localns/a`");
                });
    }

    @Test
    void aPathThatStartsWithAValueEscapesTheTrustDomainToo() {
        assertThat(withPath("{{ .Namespace }}/x").workload("a", "web", "web").all())
                .singleElement()
                .extracting(Manifests::underlined)
                .isEqualTo(".Namespace");
        assertThat(withPath("{{ print \"/ns/\" .Namespace }}")
                        .workload("a", "web", "web")
                        .all())
                .isEmpty();
    }

    @Test
    void anEscapingPathIsFoundThoughNoWorkloadIsThere() {
        assertThat(withPath(".evil.org/{{ .Namespace }}").all())
                .singleElement()
                .extracting(Manifests::underlined)
                .isEqualTo(".evil.org");
    }

    @Test
    void workloadsOfOneSpiffeIdAreNoted() {
        assertThat(withIdentity()
                        .workload("ns", "b", "default")
                        .workload("ns", "a", "default")
                        .workload("ns", "c", "c")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.SPIFFE_ID_DUPLICATE);
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(underlined(finding)).isEqualTo("a");
                    assertThat(finding.message())
                            .isEqualTo(
                                    "`ns/a`, `ns/b` have one SPIFFE ID, `spiffe://default.default.mesh.local/ns/ns/sa/default`");
                });
    }

    @Test
    void anIdentityWhoseLabelNoWorkloadHasSelectsNothing() {
        assertThat(withIdentity()
                        .identity("special", "{ app: kvv }", "")
                        .workload("ns", "kv", "kv")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.IDENTITY_SELECTS_NOTHING);
                    assertThat(underlined(finding)).isEqualTo("kvv");
                    assertThat(finding.message())
                            .isEqualTo("the MeshIdentity `special` selects no workload: none has the label `app: kvv`");
                    assertThat(finding.help()).isEqualTo("did you mean `kv`?");
                });
    }

    @Test
    void anIdentityWhoseLabelsNoOneWorkloadHasTogetherSelectsNothing() {
        assertThat(withIdentity()
                        .identity("special", "{ app: a, k8s.kuma.io/namespace: two }", "")
                        .workload("one", "a", "a")
                        .workload("two", "b", "b")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(underlined(finding)).isEqualTo("special");
                    assertThat(finding.message()).endsWith("none has all of its labels");
                });
    }

    @Test
    void anIdentityWithoutASelectorSelectsNothingEvenInAnEmptyMesh() {
        assertThat(new Manifests().raw("""
                                apiVersion: kuma.io/v1alpha1
                                kind: MeshIdentity
                                metadata: { name: idle, namespace: kuma-system }
                                spec:
                                  provider:
                                    type: Bundled
                                    bundled: { insecureAllowSelfSigned: true, autogenerate: { enabled: true } }
                                """).all())
                .extracting(Diagnostic::id, Manifests::underlined)
                .containsExactly(tuple(DiagnosticId.IDENTITY_SELECTS_NOTHING, "idle"));
    }

    @Test
    void aFallbackThatSpecificIdentitiesLeaveNothingIsFine() {
        assertThat(withIdentity()
                        .identity("special", "{ app: kv }", "")
                        .workload("ns", "kv", "kv")
                        .all())
                .isEmpty();
    }

    @Test
    void aWorkloadThatNoIdentitySelectsIsWarnedAbout() {
        assertThat(new Manifests()
                        .identity("special", "{ app: kv }", "")
                        .workload("ns", "kv", "kv")
                        .workload("ns", "web", "web")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.IDENTITY_NONE_SELECTED);
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(underlined(finding)).isEqualTo("web");
                });
    }

    @Test
    void aMeshWithoutAnyIdentityIsOneFinding() {
        assertThat(new Manifests()
                        .workload("ns", "a", "a")
                        .workload("ns", "b", "b")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.IDENTITY_NONE_SELECTED);
                    assertThat(finding.message())
                            .isEqualTo("the mesh `default` has no MeshIdentity: none for `ns/a`, `ns/b`");
                });
    }

    @Test
    void anIdentityThatCannotIssueIsOneFindingForItsWorkloads() {
        assertThat(new Manifests()
                        .raw("""
                                apiVersion: kuma.io/v1alpha1
                                kind: MeshIdentity
                                metadata: { name: identity, namespace: kuma-system }
                                spec:
                                  selector: { dataplane: { matchLabels: {} } }
                                  provider:
                                    type: Bundled
                                    bundled: { autogenerate: { enabled: true } }
                                """)
                        .workload("ns", "a", "a")
                        .workload("ns", "b", "b")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.IDENTITY_NOT_READY);
                    assertThat(finding.message())
                            .contains("insecureAllowSelfSigned")
                            .endsWith("(for `ns/a`, `ns/b`)");
                });
    }

    @Test
    void equallySpecificIdentitiesAreNoted() {
        assertThat(new Manifests()
                        .identity("zebra", "{ app: kv }", "")
                        .identity("aardvark", "{ k8s.kuma.io/namespace: ns }", "")
                        .workload("ns", "kv", "kv")
                        .all())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo(DiagnosticId.IDENTITY_TIE);
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(underlined(finding)).isEqualTo("zebra");
                    assertThat(finding.message())
                            .isEqualTo(
                                    "as specific as the MeshIdentity `aardvark`, whose name comes first, for `ns/kv`");
                });
    }

    private static Manifests withPath(String path) {
        return new Manifests().identity("identity", "{}", "{ path: '" + path + "' }");
    }
}
