package dev.writ.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticTextTest {
    private final DiagnosticText plain = new DiagnosticText(false);

    @Test
    void fileThatCouldNotBeReadHasNoExcerpt() {
        SourceSpan nowhere = new SourceFile("gone.yaml", "").span(0, 0);
        assertThat(new DiagnosticText(false)
                        .render(Diagnostic.of(DiagnosticId.SOURCE_UNREADABLE, nowhere, "there is no such source", "a")))
                .isEqualTo("""
                        gone.yaml:1:1: error[source.unreadable]: there is no such source
                          = help: a
                        """);
    }

    @Test
    void placeMessageExcerptAndHelpAreShown() {
        SourceFile file = new SourceFile("a/identity.yaml", "one: 1\npath: \"/ns/{{ .Namspace }}\"\n");

        String text = plain.render(Diagnostic.of(
                DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE,
                span(file, ".Namspace"),
                "unknown template variable `.Namspace`",
                "did you mean `.Namespace`?"));

        assertThat(text).isEqualTo("""
                        a/identity.yaml:2:15: error[template.unknown-variable]: unknown template variable `.Namspace`
                          |
                        2 | path: "/ns/{{ .Namspace }}"
                          |               ^^^^^^^^^
                          = help: did you mean `.Namespace`?
                        """);
    }

    @Test
    void relatedPlacesFollowWithTheirOwnExcerpt() {
        SourceFile file = new SourceFile("a.yaml", "name: kv\n".repeat(9) + "name: kv\n");
        SourceSpan first = file.span(6, 8);
        SourceSpan tenth = file.span(file.lineStart(10) + 6, file.lineStart(10) + 8);

        String text =
                plain.render(Diagnostic.of(DiagnosticId.WORKLOAD_DUPLICATE, tenth, "two workloads `kv`", "rename one")
                        .withRelated(first, "the other one"));

        assertThat(text).isEqualTo("""
                        a.yaml:10:7: error[workload.duplicate]: two workloads `kv`
                           |
                        10 | name: kv
                           |       ^^
                        a.yaml:1:7: note: the other one
                          |
                        1 | name: kv
                          |       ^^
                           = help: rename one
                        """);
    }

    @Test
    void findingWithoutAPlaceHasNoExcerpt() {
        assertThat(plain.render(Diagnostic.of(DiagnosticId.WORKLOAD_UNKNOWN, null, "no workload `kv`")))
                .isEqualTo("error[workload.unknown]: no workload `kv`\n");
    }

    @Test
    void emptySpanAtTheEndOfTheFileGetsOneCaret() {
        SourceFile file = new SourceFile("a.yaml", "a: {{");

        assertThat(plain.render(Diagnostic.of(DiagnosticId.SOURCE_SYNTAX, file.span(5, 5), "it ends here")))
                .contains("1 | a: {{\n", "  |      ^\n");
    }

    @Test
    void underlineOfSeveralLinesStopsAtTheFirst() {
        SourceFile file = new SourceFile("a.yaml", "spec:\n  a: 1\n  b: 2\n");

        assertThat(plain.render(Diagnostic.of(DiagnosticId.SCHEMA_WRONG_TYPE, file.span(8, 19), "wrong")))
                .contains("2 |   a: 1\n", "  |   ^^^^\n");
    }

    @Test
    void carriageReturnsTabsAndControlCharactersDoNotReachTheTerminal() {
        SourceFile file = new SourceFile("a.yaml", "\tkey:\u001b[31m red\r\nnext: 1\n");

        String text = plain.render(
                Diagnostic.of(DiagnosticId.SCHEMA_WRONG_TYPE, span(file, "red"), "wrong\u001b[2J\nfaked: error"));

        assertThat(text)
                .contains("1 |  key:\ufffd[31m red\n", "  |            ^^^\n", "wrong\ufffd[2J\ufffdfaked: error\n")
                .doesNotContain("\u001b", "\r", "\t");
    }

    @Test
    void columnsCountCodePoints() {
        SourceFile file = new SourceFile("a.yaml", "🐙🐙: kv\n");

        assertThat(plain.render(Diagnostic.of(DiagnosticId.SCHEMA_WRONG_TYPE, span(file, "kv"), "wrong")))
                .startsWith("a.yaml:1:5: ")
                .contains("  |     ^^\n");
    }

    @Test
    void longLineIsCutAroundTheUnderlinedText() {
        SourceFile file = new SourceFile("a.json", "x".repeat(5_000) + "HERE" + "y".repeat(5_000));

        List<String> lines = plain.render(Diagnostic.of(DiagnosticId.SCHEMA_WRONG_TYPE, span(file, "HERE"), "wrong"))
                .lines()
                .toList();

        assertThat(lines.get(2)).hasSizeLessThan(180).startsWith("1 | …x").endsWith("y…");
        assertThat(lines.get(3).indexOf('^')).isEqualTo(lines.get(2).indexOf("HERE"));
        assertThat(lines.get(3)).endsWith(" ^^^^");
    }

    @Test
    void colourChangesNoCharacterOfTheText() {
        SourceFile file = new SourceFile("a.yaml", "name: kv\n");
        Diagnostic diagnostic = Diagnostic.of(DiagnosticId.SCHEMA_WRONG_TYPE, span(file, "kv"), "wrong", "right it")
                .withRelated(file.span(0, 4), "here");

        String coloured = new DiagnosticText(true).render(diagnostic);

        assertThat(coloured).contains("\u001b[1;31m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain.render(diagnostic));
    }

    @Test
    void secretsAreNeverShown() {
        assertMasked("kind: Secret\ndata:\n  token: aHVudGVyMg==\n", "aHVudGVyMg==");
        assertMasked("data:\n  token: hunter2\nmetadata: {}\nkind: 'Secret'\n", "hunter2");
        assertMasked("{\"kind\": \"List\", \"items\": [{\"kind\": \"Secret\", \"data\": \"hunter2\"}]}", "hunter2");
        assertMasked(
                "pem: |\n  -----BEGIN EC PRIVATE KEY-----\n  MHcCAQEE\n  -----END EC PRIVATE KEY-----\n", "MHcCAQEE");
        assertMasked("key:\n  inlineString: |\n    MHcCAQEE\n\n    more\n", "more");
        assertMasked("key:\n  inline: LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0t\n", "LS0t");
    }

    @Test
    void documentBesideASecretIsShown() {
        SourceFile file = new SourceFile("a.yaml", "kind: Secret\ntoken: t\n---\nkind: Mesh\nname: shown\n");

        assertThat(plain.render(Diagnostic.of(DiagnosticId.SCHEMA_WRONG_TYPE, span(file, "shown"), "wrong")))
                .contains("5 | name: shown\n");
    }

    @Test
    void closingLineCountsEachSeverity() {
        Diagnostic error = Diagnostic.of(DiagnosticId.SOURCE_SYNTAX, null, "a");
        Diagnostic warning = Diagnostic.of(DiagnosticId.SOURCE_UNSUPPORTED, null, "b");
        Diagnostic note = Diagnostic.of(DiagnosticId.SOURCE_IGNORED, null, "c");

        assertThat(DiagnosticCounts.of(List.of(error, warning, warning, note)).summary())
                .isEqualTo("1 error, 2 warnings, 1 note");
        assertThat(DiagnosticCounts.of(List.of()).summary()).isEqualTo("no findings");
    }

    private void assertMasked(String text, String secret) {
        SourceFile file = new SourceFile("secret.yaml", text);
        assertThat(plain.render(Diagnostic.of(DiagnosticId.SOURCE_SYNTAX, span(file, secret), "wrong")))
                .contains("(masked: this line holds a secret)")
                .doesNotContain(secret);
    }

    private static SourceSpan span(SourceFile file, String words) {
        int start = file.text().indexOf(words);
        return file.span(start, start + words.length());
    }
}
