package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Every character of a scalar knows its place, in every style. */
class ScalarDecoderTest {
    private static final String ALPHABET = "abc.:/-{} \t\n\n  'é😀\"\\#";

    private static Scalar read(String yaml) {
        SourceFile file = new SourceFile("t.yaml", yaml);
        DiagnosticSink sink = new DiagnosticSink();
        List<YamlNode> documents = new YamlReader().read(SourceText.whole(file), sink);
        assertThat(sink.sorted()).as("findings about %s", yaml).isEmpty();
        Mapping mapping = (Mapping) documents.getFirst();
        return (Scalar) mapping.entries().getFirst().value();
    }

    private static String underlined(String yaml, String part) {
        SourceText text = read(yaml).text();
        int at = text.value().indexOf(part);
        assertThat(at).as("`%s` in `%s`", part, text.value()).isNotNegative();
        return text.span(at, at + part.length()).place() + " "
                + text.span(at, at + part.length()).text();
    }

    @Test
    void plainTextOnOneLine() {
        assertThat(underlined("path: /ns/{{ .Namspace }}\n", ".Namspace")).isEqualTo("t.yaml:1:14 .Namspace");
    }

    @Test
    void plainTextOverLines() {
        String yaml = "a: one\n  two\n\n  three\n";
        assertThat(read(yaml).value()).isEqualTo("one two\nthree");
        assertThat(underlined(yaml, "two")).isEqualTo("t.yaml:2:3 two");
        assertThat(underlined(yaml, "three")).isEqualTo("t.yaml:4:3 three");
    }

    @Test
    void singleQuotes() {
        String yaml = "a: 'it''s {{ .X }}'\n";
        assertThat(underlined(yaml, ".X")).isEqualTo("t.yaml:1:14 .X");
        assertThat(underlined(yaml, "'")).isEqualTo("t.yaml:1:7 ''");
        assertThat(read(yaml).span().text()).isEqualTo("'it''s {{ .X }}'");
    }

    @Test
    void doubleQuotesWithEscapes() {
        String yaml = "a: \"{{ label \\\"x\\\" }}\\u00e9\\U0001F600.b\\\n     c\"\n";
        assertThat(read(yaml).value()).isEqualTo("{{ label \"x\" }}é😀.bc");
        assertThat(underlined(yaml, "x")).isEqualTo("t.yaml:1:16 x");
        assertThat(underlined(yaml, "\"x\"")).isEqualTo("t.yaml:1:14 \\\"x\\\"");
        assertThat(underlined(yaml, "é")).isEqualTo("t.yaml:1:22 \\u00e9");
        assertThat(underlined(yaml, "c")).isEqualTo("t.yaml:2:6 c");
    }

    @Test
    void literalBlocks() {
        String yaml = "a: |-  # comment\n\n    one\n      {{ .Two }}\n    three\n\n";
        assertThat(read(yaml).value()).isEqualTo("\none\n  {{ .Two }}\nthree");
        assertThat(underlined(yaml, ".Two")).isEqualTo("t.yaml:4:10 .Two");
        assertThat(read(yaml).span().text()).startsWith("|-").endsWith("three");
    }

    @Test
    void foldedBlocks() {
        String yaml = "a: >\n  one\n  two\n\n  three\n   more\n  four\n";
        assertThat(read(yaml).value()).isEqualTo("one two\nthree\n more\nfour\n");
        assertThat(underlined(yaml, "two")).isEqualTo("t.yaml:3:3 two");
        assertThat(underlined(yaml, "four")).isEqualTo("t.yaml:7:3 four");
    }

    @Test
    void blocksWithAnIndentationIndicator() {
        String yaml = "a: |2\n    deep\n  flat\n";
        assertThat(read(yaml).value()).isEqualTo("  deep\nflat\n");
        assertThat(underlined(yaml, "flat")).isEqualTo("t.yaml:3:3 flat");
        assertThat(underlined(yaml, "  deep")).isEqualTo("t.yaml:2:3   deep");
    }

    @Test
    void carriageReturnsAndAByteOrderMark() {
        String yaml = "\uFEFFa: |\r\n  one\r\n  two\r\nb: x\r\n";
        assertThat(read(yaml).value()).isEqualTo("one\ntwo\n");
        assertThat(underlined(yaml, "two")).isEqualTo("t.yaml:3:3 two");
    }

    @Test
    void tagsBeforeAQuote() {
        assertThat(underlined("a: !!str  'x y'\n", "y")).isEqualTo("t.yaml:1:14 y");
        assertThat(read("a: !!str 12\n").type()).isEqualTo(YamlNode.ScalarType.STRING);
    }

    @Test
    void everyCharacterOfGeneratedScalarsHasItsPlace() {
        Random random = new Random(20261121);
        int read = 0;
        for (int i = 0; i < 5_000; i++) {
            String text = text(random);
            String quoted = "a: " + doubleQuoted(text) + "\n";
            assertThat(read(quoted).value()).isEqualTo(text);
            for (String yaml : List.of(
                    quoted,
                    "a: " + folding(random, text, '\'') + "\n",
                    "a: " + folding(random, text, '"') + "\n",
                    "a: " + text.replace("\n", "\n ") + "\n",
                    "a: " + block(random, text) + "z: 1\n")) {
                read += check(yaml) ? 1 : 0;
            }
        }
        assertThat(read).as("scalars that were well-formed").isGreaterThan(15_000);
    }

    /** Whether the scalar was well-formed, and so checked. */
    private static boolean check(String yaml) {
        SourceFile file = new SourceFile("t.yaml", yaml);
        List<YamlNode> documents = new YamlReader().read(SourceText.whole(file), new DiagnosticSink());
        if (documents.isEmpty()
                || !(documents.getFirst() instanceof Mapping mapping)
                || !(mapping.entries().getFirst().value() instanceof Scalar scalar)) {
            return false;
        }
        SourceText text = scalar.text();
        int last = -1;
        for (int i = 0; i < text.value().length(); i++) {
            int offset = text.offset(i);
            char there = yaml.charAt(offset);
            char here = text.value().charAt(i);
            boolean fold = (here == ' ' || here == '\n') && (there == '\n' || there == '\r');
            if (offset < last || there != here && !fold && there != '\\') {
                Assertions.fail("character %d of `%s` is not at %d of %s", i, text, offset, yaml);
            }
            last = offset;
        }
        assertThat(text.offset(text.value().length())).isBetween(last, yaml.length());
        return true;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(ALPHABET.codePointCount(0, ALPHABET.length()));
            text.appendCodePoint(ALPHABET.codePointAt(ALPHABET.offsetByCodePoints(0, at)));
        }
        return text.toString();
    }

    private static String doubleQuoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("é", "\\xe9")
                + "\"";
    }

    /** Raw line breaks inside quotes: what they fold to is the parser's business, where it stands is ours. */
    private static String folding(Random random, String text, char quote) {
        String escaped = quote == '\''
                ? text.replace("'", "''")
                : text.replace("\\", random.nextBoolean() ? "\\\\" : "\\\n ").replace("\"", "\\\"");
        return quote + escaped.replace("\n", random.nextBoolean() ? "\n  " : "\r\n \t ") + quote;
    }

    private static String block(Random random, String text) {
        String indicator = (random.nextBoolean() ? "|" : ">")
                + (random.nextInt(3) == 0 ? "2" : "")
                + List.of("", "-", "+").get(random.nextInt(3));
        String end = random.nextBoolean() ? "\n" : "\r\n";
        return indicator + end + "  " + text.replace("\n", end + "  ") + end;
    }
}
