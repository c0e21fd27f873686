package dev.writ.runtime.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.WritFormatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.TextEdit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings, hover, definitions and completion in {@code .writ} files. */
class WritDocumentsTest {
    private static final String KV = "spiffe://default.default.mesh.local/ns/kuma-demo/sa/kv";
    private static final String WEB = "spiffe://default.default.mesh.local/ns/kuma-demo/sa/web";
    private static final String MESH = """
            mesh default zone default

            identity workloads {
              id    "spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
              issue bundled { autogenerate  self-signed }
            }

            workload kuma-demo/kv {
              label app = "kv"
              service-account kv
              port 5050 http
            }

            workload kuma-demo/web {
              label app = "web"
              service-account web
              port 8080 http
            }

            group watchers {
              spiffe://default.default.mesh.local/ns/kuma-demo/sa/web
            }
            """;
    private static final String POLICY = """
            permission kv-callers on workloads where app = "kv" {
              allow  workloads where app = "web" to GET "/api/**"
              deny   spiffe://default.default.mesh.local/ns/*/sa/kv
              allow  group watchers
            }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Editor editor;

    @SuppressWarnings("NullAway.Init") // before each test
    private String uri;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("mesh.writ"), MESH);
        Files.writeString(folder.resolve("policy.writ"), POLICY);
        editor = Editor.in(folder);
        uri = editor.open(folder.resolve("policy.writ"));
    }

    @AfterEach
    void close() {
        editor.close();
    }

    @Test
    void aMistakeIsUnderlinedAsItIsTyped() {
        assertThat(editor.findings(uri)).noneMatch(finding -> finding.startsWith("writ."));

        editor.type(uri, "group watchers", "group watcher");

        assertThat(editor.findings(uri)).singleElement().asString().startsWith("writ.unknown-group: watcher:");
    }

    @Test
    void aRuleSaysWhomItMatchesAndWhatItDecides() {
        assertThat(editor.hover(uri, "allow  workl"))
                .contains("**allow** in permission `kv-callers`")
                .contains("matches 1 of 2 workloads with a SPIFFE ID\n\n- `kuma-demo/web` " + WEB)
                .contains("- `kuma-demo/kv:5050`: `kuma-demo/web`");
        assertThat(editor.hover(uri, "ns/*")).contains("**deny**").contains("- `kuma-demo/kv` " + KV);
        assertThat(editor.hover(uri, "group watch"))
                .contains("group `watchers`")
                .contains(WEB);
        assertThat(editor.hover(uri, "on workloads where ap"))
                .contains("`app: kv`: 1 workload")
                .contains("applies to\n\n- `kuma-demo/kv:5050`");
    }

    @Test
    void theCallersOfAGroupSayWhomTheyMatchAndLeadThere() {
        String mesh = editor.open(folder.resolve("mesh.writ"));
        assertThat(editor.hover(mesh, "sa/web"))
                .isEqualTo("matches 1 of 2 workloads with a SPIFFE ID\n\n- `kuma-demo/web` " + WEB);
        assertThat(editor.definition(mesh, "sa/web")).containsExactly("mesh.writ: kuma-demo/web");

        editor.type(mesh, WEB, "spiffe://default.*/ns/{a,b}/sa/kv");
        editor.type(mesh, "spiffe://default.*/ns/{a,b}/sa/kv", "spiffe://*/ns/{kuma-demo,b}/sa/kv");
        assertThat(editor.hover(mesh, "kuma-demo,b")).endsWith("- `kuma-demo/kv` " + KV);
        editor.type(mesh, "spiffe://*/ns/{kuma-demo,b}/sa/kv", "spiffe://*/ns/**");
        assertThat(editor.hover(mesh, "spiffe://*")).startsWith("matches 2 of 2");
    }

    @Test
    void aTemplateSaysWhichSpiffeIdsItGives() {
        String mesh = editor.open(folder.resolve("mesh.writ"));

        assertThat(editor.hover(mesh, "/ns/")).contains("`kuma-demo/kv` " + KV).contains("`kuma-demo/web` " + WEB);
        assertThat(editor.hover(mesh, ".ServiceAcc")).contains("`kuma-demo/kv`: `kv`");
        assertThat(editor.hover(mesh, "workload kuma-demo/k"))
                .contains("may call port 5050")
                .contains("`kuma-demo/web`");
    }

    @Test
    void namesLeadToTheirDeclarations() {
        assertThat(editor.definition(uri, "group watch")).containsExactly("mesh.writ: watchers");
        assertThat(editor.definition(uri, "where app = \"k")).containsExactly("mesh.writ: kv");
        assertThat(editor.definition(uri, "spiffe://def")).containsExactly("mesh.writ: kuma-demo/kv");
        editor.type(uri, "allow  workloads where app = \"web\"", "allow  workload kuma-demo/web");
        assertThat(editor.definition(uri, "allow  workload kuma-demo/w")).containsExactly("mesh.writ: kuma-demo/web");
    }

    @Test
    void whatTheGrammarTakesIsProposedThoughTheTextIsBroken() {
        editor.findings(uri);
        assertProposed("", "include", "mesh", "identity", "trust", "workload", "group", "permission");
        assertProposed("permission x on ", "workloads", "workload");
        assertProposed("permission x on workloads ", "in", "where", "port", "because");
        assertProposed("permission x on workloads in ", "namespace", "mesh", "zone");
        assertProposed("permission x on workloads in namespace ", "kuma-demo");
        assertProposed("permission x on workloads where app = ", "\"kv\"", "\"web\"");
        assertProposed("permission x on workload ", "kuma-demo/kv", "kuma-demo/web");
        assertProposed("permission x on workloads {\n  ", "allow", "deny", "shadow-deny");
        assertProposed("permission x on workloads {\n  al", "allow", "deny", "shadow-deny");
        assertProposed(
                "permission x on workloads {\n  allow ", KV, WEB, "prefix", "workloads", "workload", "group", "anyone");
        assertProposed("permission x on workloads {\n  allow group ", "watchers");
        assertProposed("permission x on workloads {\n  allow anyone ", "to", "sni", "because");
        assertProposed("permission x on workloads {\n  allow anyone to ", "GET", "POST");
        assertProposed("permission x on workloads {\n  what is this = {\n  allow workloads where app = ", "\"kv\"");
        assertProposed("identity x {\n  ", "id", "issue");
        assertProposed("identity x {\n  issue ", "bundled", "spire", "extension");
        assertProposed("identity x {\n  issue bundled { ", "autogenerate", "self-signed", "expiry");
        assertProposed("group g {\n  ", KV, "prefix", "anyone");
        assertProposed("mesh ", "default");
        assertProposed("mesh default ", "zone");
        assertNotProposed("permission x on workloads {\n  ", "id", "prefix", "label", KV);
        assertNotProposed("identity x {\n  ", "allow", "domain");
        assertNotProposed("permission x on workloads { # ", "allow");
    }

    @Test
    void variablesAreProposedInATemplateThatIsBeingWritten() {
        for (String broken :
                List.of("  id \"spiffe://{{ .Mesh }}.mesh/ns/{{ .", "  id \"spiffe://{{ .Mesh }}.mesh/ns/{{ .Na")) {
            editor.replace(uri, "identity other {\n" + broken);
            assertThat(editor.completion(uri, broken)).as(broken).contains("Namespace", "ServiceAccount");
        }
    }

    @Test
    void aDocumentIsLaidOutByTheLinesThatChange() {
        String messy = """
                permission  kv-callers on workloads where app="kv" {
                  allow  anyone   # all


                      deny group watchers
                }
                """.replace("\n", "\r\n");
        editor.replace(uri, messy);
        List<TextEdit> edits = editor.format(uri);
        assertThat(edits).isNotEmpty();

        String tidy = editor.applied(uri, edits);
        SourceText written = SourceText.whole(new SourceFile("x.writ", messy.replace("\r\n", "\n")));
        assertThat(tidy)
                .isEqualTo(WritFormatter.formatFile(written, new DiagnosticSink())
                        .orElseThrow()
                        .replace("\n", "\r\n"));
        editor.replace(uri, tidy);
        assertThat(editor.format(uri)).isEmpty();
        editor.replace(uri, "permission {{{");
        assertThat(editor.format(uri)).isEmpty();
    }

    @Test
    void anIncludeIsFollowedAsItIsTyped() {
        editor.type(uri, "permission kv-callers", "include \"nowhere.writ\"\npermission kv-callers");
        assertThat(editor.findings(uri)).anyMatch(finding -> finding.startsWith("writ.include: "));

        editor.type(uri, "nowhere.writ", "mesh.writ");
        assertThat(editor.findings(uri)).noneMatch(finding -> finding.startsWith("writ."));
        assertThat(editor.definition(uri, "include \"mesh")).containsExactly("mesh.writ: ");
    }

    private void assertProposed(String text, String... proposals) {
        editor.replace(uri, text);
        assertThat(editor.completionAtEnd(uri)).as(text).contains(proposals);
    }

    private void assertNotProposed(String text, String... proposals) {
        editor.replace(uri, text);
        assertThat(editor.completionAtEnd(uri)).as(text).doesNotContain(proposals);
    }
}
