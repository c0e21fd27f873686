package dev.writ.runtime.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aMistakeIsUnderlinedAsItIsTypedAndGoneWhenItIsMended() {
        Path identity = DemoWorkspace.in(folder).resolve("identity.yaml");
        try (Editor editor = Editor.in(folder)) {
            String uri = editor.open(identity);
            assertThat(editor.findings(uri)).isEmpty();

            editor.type(uri, ".Namespace", ".Namspace");
            assertThat(editor.findings(uri))
                    .containsExactly("template.unknown-variable: .Namspace: unknown template variable `.Namspace`\n"
                            + "help: did you mean `.Namespace`?");

            editor.type(uri, ".Namspace", ".Namespace");
            assertThat(editor.findings(uri)).isEmpty();
        }
    }

    @Test
    void filesThatAreNotOpenAreReadWithThoseThatAre() {
        DemoWorkspace.in(folder);
        try (Editor editor = Editor.in(folder)) {
            String permission = folder.resolve("permission.yaml").toUri().toString();
            PublishDiagnosticsParams shown =
                    editor.published(permission, one -> !one.getDiagnostics().isEmpty());

            assertThat(shown.getVersion()).isNull();
            assertThat(shown.getDiagnostics().getFirst().getCode().getLeft()).isEqualTo("permission.open-prefix");
            assertThat(shown.getDiagnostics().getFirst().getSeverity()).isEqualTo(DiagnosticSeverity.Warning);
        }
    }

    @Test
    void aChangeOfOneFileShowsInTheOthers() {
        DemoWorkspace.in(folder);
        try (Editor editor = Editor.in(folder)) {
            String permission = editor.open(folder.resolve("permission.yaml"));
            String identity = editor.open(folder.resolve("identity.yaml"));
            assertThat(editor.findings(permission)).singleElement().asString().startsWith("permission.open-prefix");

            editor.type(identity, "mesh.local", "mesh.example");

            PublishDiagnosticsParams shown = editor.published(
                    permission,
                    one -> one.getDiagnostics().stream()
                            .anyMatch(finding -> finding.getCode().getLeft().equals("trust.missing")));
            assertThat(shown.getVersion()).isEqualTo(1);
        }
    }

    @Test
    void aDocumentThatIsNoFileIsAPolicyOfItsOwn() {
        try (Editor editor = Editor.in(null)) {
            String uri = editor.open("untitled:Untitled-1.yaml", "apiVersion: kuma.io/v1alpha1\nkind: MeshIdentty\n");

            assertThat(editor.findings(uri)).singleElement().asString().contains("MeshIdentty");
        }
    }

    @Test
    void whatIsNoPolicyIsLeftAlone() throws IOException {
        DemoWorkspace.in(folder);
        Files.writeString(folder.resolve("compose.yaml"), "services: {web: {image: nginx}}\n");
        Files.writeString(folder.resolve("broken.json"), "{ // a comment\n \"a\": 1 }\n");
        Files.createDirectories(folder.resolve("node_modules/x"));
        Files.writeString(folder.resolve("node_modules/x/a.yaml"), "apiVersion: v1\nkind: [\n");
        try (Editor editor = Editor.in(folder)) {
            String compose = editor.open(folder.resolve("compose.yaml"));
            String broken = editor.open(folder.resolve("broken.json"));
            String identity = editor.open(folder.resolve("identity.yaml"));

            assertThat(editor.findings(compose)).isEmpty();
            assertThat(editor.findings(broken)).isEmpty();
            editor.type(identity, "/ns/", "ns/");
            assertThat(editor.findings(identity)).isNotEmpty();
        }
    }

    @Test
    void linesThatEndInCarriageReturnsAndAByteOrderMarkKeepTheirColumns() throws IOException {
        Path identity = DemoWorkspace.in(folder).resolve("identity.yaml");
        String text =
                "\uFEFF" + Files.readString(identity).replace("\n", "\r\n").replace(".Namespace", ".Namspace");
        try (Editor editor = Editor.in(folder)) {
            String uri = editor.open(identity.toUri().toString(), text);

            assertThat(editor.findings(uri))
                    .singleElement()
                    .asString()
                    .startsWith("template.unknown-variable: .Namspace:");

            editor.type(uri, "Namspace", "Namspac");
            assertThat(editor.findings(uri))
                    .singleElement()
                    .asString()
                    .startsWith("template.unknown-variable: .Namspac:");
        }
    }

    @Test
    void columnsAreUtf16Units() {
        try (Editor editor = Editor.in(null)) {
            String uri = editor.open("untitled:a.yaml", """
                    apiVersion: kuma.io/v1alpha1
                    kind: MeshTrust
                    metadata: {name: a, namespace: b}
                    spec: {"𝄞": 1, trustDomain: example.org, caBundles: []}
                    """);
            List<String> findings = editor.findings(uri);

            assertThat(findings).anyMatch(finding -> finding.contains(": \"𝄞\": "));
        }
    }

    @Test
    void severalPoliciesOfOneWorkspaceDoNotMix() throws IOException {
        DemoWorkspace.in(Files.createDirectory(folder.resolve("east")));
        DemoWorkspace.in(Files.createDirectory(folder.resolve("west")));
        try (Editor editor = Editor.in(folder)) {
            String together = editor.open(folder.resolve("east/identity.yaml"));
            String other = folder.resolve("west/identity.yaml").toUri().toString();
            editor.published(other, one -> !one.getDiagnostics().isEmpty());
            assertThat(together).isNotEmpty();
        }
        try (Editor editor = Editor.in(folder, "east", "west")) {
            String apart = editor.open(folder.resolve("east/identity.yaml"));
            assertThat(editor.findings(apart)).isEmpty();
        }
    }

    @Test
    void deletedAndNewFilesAreTakenUpWhenTheClientSaysSo() throws IOException {
        DemoWorkspace.in(folder);
        Path copy = folder.resolve("copy.yaml");
        try (Editor editor = Editor.in(folder)) {
            String uri = editor.open(folder.resolve("permission.yaml"));
            assertThat(editor.findings(uri)).singleElement().asString().contains("open-prefix");

            Files.copy(folder.resolve("permission.yaml"), copy);
            editor.watched(copy, FileChangeType.Created);
            editor.published(uri, DiagnosticsTest::hasDuplicate);

            Files.delete(copy);
            editor.watched(copy, FileChangeType.Deleted);
            editor.published(uri, one -> !hasDuplicate(one));
        }
    }

    private static boolean hasDuplicate(PublishDiagnosticsParams shown) {
        return shown.getDiagnostics().stream()
                .anyMatch(finding -> finding.getCode().getLeft().equals("schema.duplicate"));
    }

    @Test
    void aDocumentThatIsClosedIsReadFromItsFileAgain() {
        Path identity = DemoWorkspace.in(folder).resolve("identity.yaml");
        try (Editor editor = Editor.in(folder)) {
            String uri = editor.open(identity);
            editor.type(uri, ".Namespace", ".Namspace");
            assertThat(editor.findings(uri)).isNotEmpty();

            editor.close(uri);

            PublishDiagnosticsParams shown = editor.published(uri, one -> one.getVersion() == null);
            assertThat(shown.getDiagnostics()).isEmpty();
        }
    }

    @Test
    void manyChangesAtOnceComeToTheFindingsOfTheLast() {
        Path identity = DemoWorkspace.in(folder).resolve("identity.yaml");
        try (Editor editor = Editor.in(folder)) {
            String uri = editor.open(identity);
            for (int i = 0; i < 200; i++) {
                editor.type(uri, ".Namespace", ".Namspace");
                editor.type(uri, ".Namspace", ".Namespace");
            }
            editor.type(uri, ".Namespace", ".Namespaces");

            assertThat(editor.findings(uri))
                    .singleElement()
                    .asString()
                    .startsWith("template.unknown-variable: .Namespaces:");
            assertThat(editor.log()).isEmpty();
        }
    }

    @Test
    void aFileThatIsNoTextOfAPolicyAtAllIsSurvived() {
        try (Editor editor = Editor.in(folder)) {
            String uri = editor.open(
                    folder.resolve("x.yaml").toUri().toString(), "apiVersion: \u0000\u0001 {{{{ [\n\t- \uD800 kuma.io");
            assertThat(editor.findings(uri)).isNotEmpty();

            editor.replace(uri, "{{ .Values.kuma.io }}: {{{");
            assertThat(editor.findings(uri)).isNotEmpty();

            editor.replace(uri, "");
            assertThat(editor.findings(uri)).isEmpty();
            assertThat(editor.log()).isEmpty();
        }
    }

    @Test
    void aFindingPointsAtWhatItHasToDoWith() throws IOException {
        DemoWorkspace.in(folder);
        Files.copy(folder.resolve("identity.yaml"), folder.resolve("second.yaml"));
        try (Editor editor = Editor.in(folder)) {
            String uri = editor.open(folder.resolve("second.yaml"));
            PublishDiagnosticsParams shown =
                    editor.published(uri, one -> !one.getDiagnostics().isEmpty());

            assertThat(shown.getDiagnostics().getFirst().getRelatedInformation())
                    .first()
                    .satisfies(related -> {
                        assertThat(related.getLocation().getUri())
                                .isEqualTo(
                                        folder.resolve("identity.yaml").toUri().toString());
                        assertThat(related.getLocation().getRange().getStart()).isNotEqualTo(new Position(0, 0));
                    });
        }
    }
}
