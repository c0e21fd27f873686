package dev.writ.runtime.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hover, definitions and completion in Kuma's YAML. */
class YamlFeaturesTest {
    private static final String ID = "spiffe://default.default.mesh.local/ns/kuma-demo/sa/default";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Editor editor;

    @BeforeEach
    void open() {
        DemoWorkspace.in(folder);
        editor = Editor.in(folder);
    }

    @AfterEach
    void close() {
        editor.close();
    }

    @Test
    void aTemplateSaysWhichSpiffeIdsItGives() {
        String uri = editor.open(folder.resolve("identity.yaml"));

        assertThat(editor.hover(uri, "/ns/"))
                .contains("3 workloads of MeshIdentity `identity`")
                .contains("`kuma-demo/kv` " + ID);
        assertThat(editor.hover(uri, ".Namesp"))
                .contains("template variable `.Namespace`")
                .contains("`kuma-demo/kv`: `kuma-demo`");
        assertThat(editor.hover(uri, ".mesh.lo")).contains("trust domain `default.default.mesh.local`");
    }

    @Test
    void aPatternSaysWhomItMatchesAndWhatItDecides() {
        String uri = editor.open(folder.resolve("permission.yaml"));

        assertThat(editor.hover(uri, "value: spiffe://defa"))
                .contains("**allow** in permission `kuma-demo/mtp`")
                .contains("matches 3 of 3 workloads")
                .contains("`kuma-demo/demo-app` " + ID)
                .contains("decides the calls to\n\n- `kuma-demo/demo-app:5050`");
    }

    @Test
    void aNameLeadsToWhatDecidesAboutIt() {
        String demo = editor.open(folder.resolve("kuma-demo.yaml"));
        String permission = editor.open(folder.resolve("permission.yaml"));

        assertThat(editor.hover(demo, "kind: Deployment\nmetadata:\n  name: k"))
                .contains("workload `kuma-demo/kv`")
                .contains(ID)
                .contains("may call port 5050");
        assertThat(editor.definition(demo, "kind: Deployment\nmetadata:\n  name: k"))
                .containsExactly("identity.yaml: identity");
        assertThat(editor.definition(permission, "value: spiffe")).contains("kuma-demo.yaml: kv");
        assertThat(editor.definition(permission, "namespace: kuma")).containsExactly("kuma-demo.yaml: kuma-demo");
        assertThat(editor.definition(permission, "apiVer")).isEmpty();
        assertThat(editor.hover(permission, "apiVer")).isEmpty();
    }

    @Test
    void variablesAreProposedInATemplateThatIsBeingWritten() {
        String uri = editor.open(folder.resolve("identity.yaml"));

        for (String broken :
                List.of("'/ns/{{ .", "'/ns/{{ .Nam", "\"/ns/{{ .", "'/ns/{{.", "'/ns/{{ .Namespace }}/sa/{{ .")) {
            editor.replaceLine(uri, "path:", "    path: " + broken);
            assertThat(editor.completion(uri, "path: " + broken))
                    .as(broken)
                    .containsExactly("TrustDomain", "Namespace", "ServiceAccount", "Workload");
        }
        editor.replaceLine(uri, "path:", "    path: '/ns/{{ .Nam }}/sa/x'");
        assertThat(editor.completion(uri, "{{ .Nam")).contains("Namespace");
        editor.replaceLine(uri, "path:", "    path: '/ns/{{ ");
        assertThat(editor.completion(uri, "/ns/{{ ")).contains(".Namespace", "label");
        editor.replaceLine(uri, "path:", "    path: '/ns/{{ label \"");
        assertThat(editor.completion(uri, "{{ label \"")).contains("app", "kuma.io/workload");
        editor.replaceLine(uri, "trustDomain:", "    trustDomain: '{{ .");
        assertThat(editor.completion(uri, "trustDomain: '{{ .")).containsExactly("Mesh", "Zone");
    }

    @Test
    void whatIsProposedReplacesWhatIsWrittenOfIt() {
        String uri = editor.open(folder.resolve("identity.yaml"));
        editor.type(uri, ".Namespace", ".Nam");

        CompletionItem item = editor.completionItems(uri, "{{ .Nam").stream()
                .filter(one -> one.getLabel().equals("Namespace"))
                .findFirst()
                .orElseThrow();

        assertThat(editor.text(uri, item.getTextEdit().getLeft().getRange())).isEqualTo("Nam");
    }

    @Test
    void labelsAreProposedInASelectorThatIsBeingWritten() {
        String uri = editor.open(folder.resolve("identity.yaml"));
        editor.findings(uri);

        editor.type(uri, "matchLabels: {}", "matchLabels:\n        ");
        assertThat(editor.completion(uri, "matchLabels:\n        ")).contains("app", "kuma.io/workload");
        editor.type(uri, "matchLabels:\n        ", "matchLabels:\n        ap");
        assertThat(editor.completion(uri, "matchLabels:\n        ap")).contains("app");
        editor.type(uri, "matchLabels:\n        ap", "matchLabels:\n        app: ");
        assertThat(editor.completion(uri, "        app: ")).contains("demo-app", "kv");
        editor.type(uri, "matchLabels:\n        app: ", "matchLabels: {app: k");
        assertThat(editor.completion(uri, "matchLabels: {app: k")).contains("kv");
    }

    @Test
    void spiffeIdsAreProposedForAPattern() {
        String uri = editor.open(folder.resolve("permission.yaml"));
        editor.findings(uri);

        editor.replaceLine(uri, "value:", "              value: ");
        assertThat(editor.completion(uri, "value: ")).containsExactly(ID);
        editor.replaceLine(uri, "value:", "              value: spiffe://default.de");
        assertThat(editor.completion(uri, "value: spiffe://default.de")).containsExactly(ID);
        editor.replaceLine(uri, "value:", "              value: \"spiffe://default.default.mesh.local/");
        assertThat(editor.completion(uri, "mesh.local/")).containsExactly(ID);
    }

    @Test
    void namespacesAndMeshesAreProposed() {
        String uri = editor.open(folder.resolve("permission.yaml"));
        editor.findings(uri);

        editor.type(uri, "namespace: kuma-demo", "namespace: ");
        assertThat(editor.completion(uri, "namespace: ")).contains("kuma-demo");
        editor.type(uri, "kuma.io/mesh: default", "kuma.io/mesh: ");
        assertThat(editor.completion(uri, "kuma.io/mesh: ")).containsExactly("default");
    }

    @Test
    void fieldsAndTheirValuesAreProposedAsTheReaderKnowsThem() {
        String uri = editor.open(folder.resolve("permission.yaml"));
        editor.findings(uri);

        editor.type(uri, "type: Prefix", "type: ");
        assertThat(editor.completion(uri, "type: ")).containsExactly("Exact", "Prefix");
        editor.type(uri, "type: ", "type: Prefix");
        editor.type(uri, "        allow:", "        a");
        assertThat(editor.completion(uri, "        a")).contains("allow", "allowWithShadowDeny", "deny");
        editor.replace(uri, "apiVersion: kuma.io/v1alpha1\nkind: Mesh");
        assertThat(editor.completion(uri, "kind: Mesh")).contains("MeshIdentity", "MeshTrafficPermission");
    }

    @Test
    void aQuestionAboutADocumentThatIsNotOpenIsRefused() {
        String uri = folder.resolve("no-such.yaml").toUri().toString();

        assertThat(editor.server()
                        .getTextDocumentService()
                        .hover(new HoverParams(new TextDocumentIdentifier(uri), new Position(0, 0))))
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withMessageContaining("is not open");
    }

    @Test
    void aFileOfTenMegabytesIsSurvived() {
        String one = "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: n%d\n  annotations: {about: "
                + "x".repeat(20_000) + "}\n";
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 10_000_000; i++) {
            text.append(one.formatted(i));
        }
        String uri = editor.open(folder.resolve("long.yaml").toUri().toString(), text.toString());

        editor.type(uri, "name: n1\n", "name: n1");
        editor.type(uri, "name: n1", "name: n0\n#");

        assertThat(editor.findings(uri)).anyMatch(finding -> finding.startsWith("schema.duplicate"));
        assertThat(editor.completion(uri, "kind: Names")).contains("Namespace");
        assertThat(editor.log()).isEmpty();
    }
}
