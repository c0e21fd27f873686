package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource.NamespaceResource;
import dev.writ.compiler.syntax.Resource.UnmodelledResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document is, before its kind's own schema comes in. */
class ResourceReaderTest {
    private static final String NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: demo\n";

    @Test
    void documentsAndListsAndJsonAreRead() {
        Reading reading = Reading.of("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: one}
                ---
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Namespace
                  metadata: {name: two, creationTimestamp: null, managedFields: [{manager: kubectl}]}
                  status: {phase: Active}
                ---
                apiVersion: v1
                kind: NamespaceList
                items:
                - metadata: {name: three}
                ---
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "four"}}
                """);
        assertThat(reading.findings()).isEmpty();
        assertThat(reading.resources())
                .extracting(resource -> resource.metadata().name().value())
                .containsExactly("one", "two", "three", "four");
    }

    @Test
    void metadataKeepsLabelsInOrderWithTheirPlaces() {
        Metadata metadata = Reading.of("""
                        apiVersion: v1
                        kind: Namespace
                        metadata:
                          name: demo
                          uid: 0ab
                          labels: {z: "1", a: x}
                          annotations: {note: y}
                          ownerReferences: [{apiVersion: v1, kind: A, name: b, uid: c}]
                        """).only(NamespaceResource.class).metadata();
        assertThat(metadata.labels().keySet()).containsExactly("z", "a");
        assertThat(metadata.labelSpan("a").text()).isEqualTo("x");
        assertThat(metadata.annotation("note")).isEqualTo("y");
        assertThat(metadata.owners()).containsExactly(new Metadata.Owner("A", "b", "c"));
        assertThat(metadata.namespace()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata: {} | schema.missing-field `metadata`",
                "metadata: {name: ''} | schema.invalid-value `''`",
                "metadata: {name: 5} | schema.wrong-type `5`",
                "metadata: [] | schema.wrong-type `[]`",
                "metadata: {name: a, labels: {v: 1}} | schema.wrong-type `1`",
                "metadata: {name: a, labels: [x]} | schema.wrong-type `[x]`",
                "metadata: {name: a, lables: {}} | schema.unknown-field `lables`",
                "metadata: {name: a, ownerReferences: [x]} | schema.wrong-type `x`",
                "metadata: {name: a, ownerReferences: [{kind: X}]} | schema.missing-field `kind`",
                "metadata: {name: '{{ .Values.x }}'} | source.unrendered `'{{ .Values.x }}'`",
            })
    void metadataIsChecked(String metadata, String finding) {
        Reading reading = Reading.of("apiVersion: v1\nkind: Namespace\n" + metadata + "\n");
        assertThat(reading.findings()).contains(finding);
    }

    @Test
    void aNumberForATextSaysHowToQuoteIt() {
        Diagnostic diagnostic =
                Reading.of(NAMESPACE + "  labels: {v: 1}\n").diagnostics().getFirst();
        assertThat(diagnostic.message()).isEqualTo("`metadata.labels.v` is a whole number, not a text");
        assertThat(diagnostic.help()).isEqualTo("put it in quotes: \"1\"");
    }

    @Test
    void aDocumentWithoutKindIsAnErrorInANamedFileAndANoteInAFolder() {
        String yaml = "replicas: 3\n";
        Diagnostic named = Reading.of(yaml).diagnostics().getFirst();
        assertThat(named.id() + " " + named.severity()).isEqualTo("source.no-kind error");
        assertThat(Reading.of(yaml).findings()).containsExactly("source.no-kind `replicas`");
        Diagnostic found =
                Reading.of(new SourceFile("t.yaml", yaml, false)).diagnostics().getFirst();
        assertThat(found.id() + " " + found.severity()).isEqualTo("source.no-kind note");
    }

    @ParameterizedTest
    @ValueSource(strings = {"just some prose", "- a\n- b", "42", "{}"})
    void whatIsNoMappingIsNoResource(String yaml) {
        assertThat(Reading.of(yaml).findings()).containsExactly("source.no-kind `" + yaml + "`");
    }

    @Test
    void aTypeThatIsNotKumasIsNoUniversalForm() {
        assertThat(Reading.of("type: gateway\n").findings()).containsExactly("source.no-kind `type`");
    }

    @ParameterizedTest
    @CsvSource({
        "kind: Deployment, apiVersion: v1, schema.invalid-value `v1`, did you mean `apps/v1`?",
        "kind: Service, apiVersion: kuma.io/v1alpha1, schema.invalid-value `kuma.io/v1alpha1`, did you mean `v1`?",
        "kind: Mesh, apiVersion: v1, schema.invalid-value `v1`, did you mean `kuma.io/v1alpha1`?",
        "kind: Mesh, apiVersion: kuma.io/v1, schema.invalid-value `kuma.io/v1`, did you mean `kuma.io/v1alpha1`?",
        "kind: MeshTrafficPermision, apiVersion: kuma.io/v1alpha1, schema.invalid-value `MeshTrafficPermision`,"
                + " did you mean `MeshTrafficPermission`?",
        "kind: Deploymnt, apiVersion: apps/v1, schema.invalid-value `Deploymnt`, did you mean `Deployment`?",
        "kind: Pod, note: x, schema.missing-field `Pod`, ",
        "kind: MeshTimeout, note: x, schema.missing-field `MeshTimeout`, ",
        "kind: [a], note: x, schema.wrong-type `[a]`, "
    })
    void kindAndApiVersionMustFit(String kind, String other, String finding, String help) {
        Reading reading = Reading.of(other + "\n" + kind + "\nmetadata: {name: x}\n");
        assertThat(reading.findings()).containsExactly(finding);
        assertThat(reading.diagnostics().getFirst().help()).isEqualTo(help);
    }

    @Test
    void kindsOfOtherGroupsAreOneNoteForTheRun() {
        String one = """
                apiVersion: serving.knative.dev/v1
                kind: Service
                metadata: {name: a}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: b}
                """;
        String two = """
                apiVersion: v1
                kind: ConfigMap
                ---
                apiVersion: kuma.io/v1alpha1
                kind: MeshTimeout
                ---
                apiVersion: spire.spiffe.io/v1alpha1
                kind: ClusterStaticEntry
                """;
        Reading reading = Reading.of(new SourceFile("1.yaml", one), new SourceFile("2.yaml", two));
        assertThat(reading.resources()).isEmpty();
        assertThat(reading.diagnostics()).hasSize(1);
        Diagnostic note = reading.diagnostics().getFirst();
        assertThat(note.severity()).isEqualTo(Severity.NOTE);
        assertThat(note.message())
                .endsWith(": ClusterStaticEntry, ConfigMap, MeshTimeout, Service of serving.knative.dev");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MeshProxyPatch",
                "ProxyTemplate",
                "TrafficPermission",
                "MeshOPA",
                "OPAPolicy",
                "ContainerPatch",
                "MeshGateway",
                "MeshGatewayInstance",
                "MeshGatewayConfig",
                "MeshExternalService",
                "ExternalService",
                "ZoneEgress",
                "MeshSomethingNew"
            })
    void kindsThatCanChangeVerdictsAreNamed(String kind) {
        Reading reading = Reading.of("apiVersion: kuma.io/v1alpha1\nkind: " + kind
                + "\nmetadata: {name: x, namespace: y}\nspec: {anything: [goes]}\n");
        assertThat(reading.findings()).containsExactly("source.unsupported `" + kind + "`");
        assertThat(reading.diagnostics().getFirst().severity()).isEqualTo(Severity.WARNING);
        assertThat(((UnmodelledResource) reading.resources().getFirst()).kind()).isEqualTo(kind);
    }

    @Test
    void duplicatesAreRefusedEvenWhenTheyAreIdentical() {
        Reading reading = Reading.of(new SourceFile("1.yaml", NAMESPACE), new SourceFile("2.yaml", NAMESPACE));
        assertThat(reading.findings()).containsExactly("schema.duplicate `demo`");
        Diagnostic diagnostic = reading.diagnostics().getFirst();
        assertThat(diagnostic.message()).isEqualTo("the Namespace `demo` is declared twice");
        assertThat(diagnostic.span()).hasToString("2.yaml:4:9");
        assertThat(diagnostic.related().getFirst().span()).hasToString("1.yaml:4:9");
    }

    @Test
    void sameNamesOfOtherKindsNamespacesAndMeshesAreNoDuplicates() {
        String permission =
                "---\napiVersion: kuma.io/v1alpha1\nkind: MeshOPA\nmetadata: {name: demo, namespace: %s, labels:"
                        + " {kuma.io/mesh: %s}}\n";
        Reading reading = Reading.of(NAMESPACE
                + permission.formatted("a", "one")
                + permission.formatted("b", "one")
                + permission.formatted("a", "two"));
        assertThat(reading.findings()).doesNotContain("schema.duplicate `demo`").hasSize(3);
        assertThat(reading.resources()).hasSize(4);
    }

    @Test
    void anUnrenderedChartIsOneLine() {
        String chart = """
                {{- if .Values.enabled }}
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: {{ include "x.name" . }}
                ---
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: {{ .Release.Name }}-two
                {{- end }}
                """;
        Reading reading = Reading.of(chart + NAMESPACE);
        assertThat(reading.findings()).containsExactly("source.unrendered `{{- if .Values.enabled }}`");
        assertThat(reading.diagnostics().getFirst().help()).contains("helm template … | writ check -");
        assertThat(reading.resources()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ name }}", "'{{ name }}'", "{{site.namespace}}", "'{{- name -}}-1'"})
    void aTemplateOfAnotherToolSaysThatItIsNotRendered(String name) {
        Reading reading = Reading.of("type: Dataplane\nmesh: default\nname: " + name + "\nnetworking: {}\n");
        assertThat(reading.findings()).containsExactly("source.unrendered `" + name + "`");
        assertThat(reading.diagnostics().getFirst().help()).contains("--dataplane-var");
    }

    @Test
    void aTemplateOfAMeshIdentityWithoutQuotesIsStillOne() {
        assertThat(Reading.of("type: MeshIdentity\nname: x\nspec: { spiffeID: { path: {{ label \"a\" }} } }\n")
                        .findings())
                .containsExactly("source.syntax `{{ label \"a\" }}`");
    }

    @Test
    void aGeneratedNameIsKnownWithoutItsEnd() {
        assertThat(Reading.of("apiVersion: v1\nkind: Namespace\nmetadata: { generateName: shop- }\n")
                        .only(Resource.NamespaceResource.class)
                        .metadata()
                        .name()
                        .value())
                .isEqualTo("shop");
    }

    @Test
    void renderedManifestsThatHoldTemplatesOfOthersAreRead() {
        Reading reading = Reading.of(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  t: |\n    {{ template \"a\" . }} {{ .Values }}\n---\n"
                        + NAMESPACE);
        assertThat(reading.findings()).containsExactly("source.ignored ``");
        assertThat(reading.resources()).hasSize(1);
    }
}
