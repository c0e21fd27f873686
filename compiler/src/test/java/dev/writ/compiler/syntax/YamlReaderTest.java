package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private final DiagnosticSink sink = new DiagnosticSink();

    private List<YamlNode> read(String yaml) {
        return new YamlReader().read(SourceText.whole(new SourceFile("t.yaml", yaml)), sink);
    }

    private List<String> findings(String yaml) {
        read(yaml);
        return Reading.findings(sink.sorted());
    }

    private Diagnostic only(String yaml) {
        read(yaml);
        assertThat(sink.sorted()).hasSize(1);
        return sink.sorted().getFirst();
    }

    private static Scalar value(YamlNode document) {
        return (Scalar) ((Mapping) document).entries().getFirst().value();
    }

    @Test
    void documentsComeInTheirOrder() {
        assertThat(read("a: 1\n---\na: 2\n---\n# nothing\n---\na: 3\n"))
                .extracting(document -> value(document).value())
                .containsExactly("1", "2", "3");
    }

    @Test
    void jsonIsYaml() {
        assertThat(value(read("{\n\t\"a\": \"b\\/\\u0063\"\n}").getFirst()).value())
                .isEqualTo("b/c");
        assertThat(sink.sorted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "x, STRING",
        "yes, STRING",
        "1.2.3, STRING",
        "1e, STRING",
        "., STRING",
        "+, STRING",
        "0x, STRING",
        "0o9, STRING",
        "12, INTEGER",
        "-12, INTEGER",
        "0x1F, INTEGER",
        "0o17, INTEGER",
        "'''12''', STRING",
        "1.5, FLOAT",
        "1e5, FLOAT",
        ".5, FLOAT",
        "-.inf, FLOAT",
        ".NaN, FLOAT",
        "2., FLOAT",
        "true, BOOLEAN",
        "False, BOOLEAN",
        "~, NULL",
        "null, NULL",
        "'', NULL",
        "24h, STRING",
        "1_000, STRING"
    })
    void scalarsHaveTheTypesOfTheCoreSchema(String text, ScalarType type) {
        assertThat(value(read("a: " + text + "\n").getFirst()).type()).isEqualTo(type);
    }

    @Test
    void duplicateKeysAreRefusedWithBothPlaces() {
        Diagnostic diagnostic = only("a:\n  b: 1\n  c: 2\n  b: 3\n");
        assertThat(diagnostic.id()).isEqualTo(DiagnosticId.SOURCE_DUPLICATE_KEY);
        assertThat(diagnostic.span()).hasToString("t.yaml:4:3");
        assertThat(diagnostic.related().getFirst().span()).hasToString("t.yaml:2:3");
    }

    @Test
    void anAliasBombIsOneFindingAndIsNotRead() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(read(bomb.toString())).isEmpty();
        assertThat(Reading.findings(sink.sorted())).containsExactly("source.alias `&a0`");
    }

    @Test
    void anAliasAloneIsUnderlined() {
        assertThat(findings("a: 1\nb: *a\n")).containsExactly("source.alias `*a`");
    }

    @Test
    void mergeKeysAreRefusedUnlessTheyAreQuoted() {
        assertThat(findings("a:\n  <<: {b: 1}\n  c: 2\n")).containsExactly("source.alias `<<`");
        assertThat(read("a:\n  '<<': 1\n")).hasSize(1);
    }

    @Test
    void tagsOfOnesOwnAreRefused() {
        assertThat(findings("a: !foo bar\n")).containsExactly("source.syntax `bar`");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 5_000, 200_000})
    void deepNestingIsRefused(int depth) {
        Diagnostic diagnostic = only("a: " + "[".repeat(depth) + "]".repeat(depth) + "\n---\na: 2\n");
        assertThat(diagnostic.id()).isEqualTo(DiagnosticId.SOURCE_TOO_LARGE);
        assertThat(diagnostic.message()).contains("100 levels");
        assertThat(diagnostic.span()).hasToString("t.yaml:1:103");
    }

    @Test
    void aHundredLevelsAreRead() {
        assertThat(read("[".repeat(100) + "]".repeat(100))).hasSize(1);
        assertThat(sink.sorted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: {{ .Mesh }}.mesh.local | {{ .Mesh }} | a template without quotes",
                "a: {{ .Mesh }} | {{ .Mesh }} | a template without quotes",
                "a: {{ label \"x\" }}/b | {{ label \"x\" }} | a template without quotes",
                "a: {{ .Values.name }} | {{ .Values.name }} | has not been rendered",
                "{{- if .Values.on }} | {{- if .Values.on }} | has not been rendered",
                "a: \"b | \" | a quote that is not closed",
                "a: b: c | : | a `:` where no key can stand",
                "a: @b | @ | a value cannot start with `@`",
                "a: `b | ` | a value cannot start with",
                "a: \"\\q\" | q | an escape that YAML does not know",
                "a: [1, 2 | '' | expected `,` or `]`",
                "a: {b: 1 | '' | expected `,` or `}`",
                "a: ]b | ] | a value is missing here",
            })
    void syntaxErrorsAreUnderlinedInOurWords(String yaml, String underlined, String message) {
        Diagnostic diagnostic = only("x: 1\n" + yaml + "\n");
        assertThat(Reading.underlined(diagnostic.span())).isEqualTo(underlined);
        assertThat(diagnostic.message()).contains(message);
    }

    @Test
    void tabsAreNamed() {
        Diagnostic diagnostic = only("a:\n\tb: 1\n");
        assertThat(diagnostic.message()).isEqualTo("a tab, where YAML takes only spaces");
        assertThat(diagnostic.span()).hasToString("t.yaml:2:1");
    }

    @Test
    void wrongIndentationIsUnderlinedWhereItStands() {
        assertThat(only("a:\n    b: 1\n  c: 2\n").span()).hasToString("t.yaml:3:3");
    }

    @Test
    void controlCharactersAreNamed() {
        Diagnostic diagnostic = only("a: 😀x\u0001y\n");
        assertThat(diagnostic.message()).contains("U+0001");
        assertThat(diagnostic.span()).hasToString("t.yaml:1:6");
    }

    @Test
    void anUnreadableDocumentCostsOnlyItself() {
        assertThat(read("a: 1\n---\na: 'x\n---\na: 2\n---\na: {{ .X }}\n--- # three\na: 3\n"))
                .extracting(document -> value(document).value())
                .containsExactly("1", "2", "3");
        assertThat(Reading.findings(sink.sorted())).containsExactly("source.syntax `'`", "source.syntax `{{ .X }}`");
    }

    @Test
    void aDocumentMarkerInsideABlockIsText() {
        assertThat(value(read("a: |\n  x\n  ---\n  y\n").getFirst()).value()).isEqualTo("x\n---\ny\n");
    }

    @Test
    void placesCountCodePoints() {
        assertThat(value(read("\"😀\": y\n").getFirst()).span()).hasToString("t.yaml:1:6");
        assertThat(value(read("\"😀\": 1\n---\n'😀😀': z\n").get(1)).span().text())
                .isEqualTo("z");
    }

    @Test
    void collectionsEndWithTheirLastValue() {
        Mapping mapping = (Mapping)
                read("a:\n  - b: 1\n    c: x\n\n# comment\n\nd: [1, 2]  \n").getFirst();
        assertThat(mapping.entries().getFirst().value().span().text()).isEqualTo("- b: 1\n    c: x");
        assertThat(mapping.entries().get(1).value().span().text()).isEqualTo("[1, 2]");
    }

    @Test
    void yamlInsideAnotherTextKeepsItsPlaces() {
        SourceFile file = new SourceFile("t.feature", "  a: b\n  c: 'x'\n");
        SourceText text =
                new SourceText("a: b\nc: 'x'", file.span(0, 15), new int[] {2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15});
        Mapping mapping = (Mapping) new YamlReader().read(text, sink).getFirst();
        Scalar last = (Scalar) mapping.entries().get(1).value();
        assertThat(last.span()).hasToString("t.feature:2:6");
        assertThat(last.span().text()).isEqualTo("'x'");
        assertThat(last.text().span(0, 1).text()).isEqualTo("x");
    }
}
