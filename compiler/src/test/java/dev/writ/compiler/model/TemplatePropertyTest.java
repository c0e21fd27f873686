package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.RuleSyntax;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import dev.writ.compiler.syntax.WritRulesParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What must hold of every text, on texts drawn from a seed; one that fails is cut down before it is shown. */
final class TemplatePropertyTest {
    private static final int TEMPLATES = 5_000;
    private static final int TEXTS = 10_000;
    private static final List<String> TEMPLATE_WORDS = List.of(
            "{{",
            "}}",
            "{{-",
            "-}}",
            " -}}",
            "{{- ",
            "{{/*",
            "*/}}",
            "*/",
            "{",
            "}",
            " ",
            "\n",
            "\t",
            "(",
            ")",
            "|",
            "\"",
            "`",
            "'",
            "\\",
            "\\x4",
            "\\u12",
            ".",
            ".A",
            ".Namespace",
            ".Nope",
            "label",
            "print",
            "printf",
            "\"app\"",
            "\"%s\"",
            "\"%5.3d\"",
            "%*d",
            "$x",
            ":=",
            ",",
            "-",
            "12",
            "0x",
            "9223372036854775808",
            "if",
            "end",
            "range",
            "html",
            "true",
            "é",
            "😀",
            "\ud83d",
            "\ude00",
            "\u0000",
            "/ns/",
            "text");
    private static final List<String> RULE_WORDS = List.of(
            "allow",
            "deny",
            "shadow-deny",
            "prefix",
            "to",
            "workloads",
            "where",
            " ",
            "  ",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "#",
            "\"",
            "\"spiffe://td/\"",
            "\"spiffe://td",
            "spiffe://td/a",
            "spiffe://td/**",
            "/**",
            "*",
            "{",
            "}",
            "spiffe:",
            "spiffe://",
            "/",
            "..",
            "é",
            "😀",
            "\ud83d",
            "\ude00",
            "\u0000",
            "x",
            "=");

    @Test
    void templatesGiveWhatTheirPiecesGive() {
        int rendered = 0;
        for (int seed = 0; seed < TEMPLATES; seed++) {
            RandomTemplate template = RandomTemplate.of(seed);
            if (isWronglyRendered(template)) {
                RandomTemplate least = template.shrink(TemplatePropertyTest::isWronglyRendered);
                fail("seed " + seed + ": `" + least.source() + "` gives " + render(least.source()) + ", not `"
                        + least.value() + "`");
            }
            rendered++;
        }
        assertThat(rendered).isEqualTo(TEMPLATES);
    }

    @Test
    void everyTextIsATemplateOrHasErrorsInsideIt() {
        int valid = everyText(
                TEMPLATE_WORDS,
                TemplatePropertyTest::isTemplateOrExplained,
                text -> render(text).isPresent());
        assertThat(valid).isBetween(TEXTS / 100, TEXTS * 9 / 10);
    }

    @Test
    void everyTextIsRulesOrHasErrorsInsideIt() {
        int valid = everyText(
                RULE_WORDS,
                TemplatePropertyTest::isRulesOrExplained,
                text -> WritRulesParser.parse(whole(text), new DiagnosticSink()).isPresent());
        assertThat(valid).isLessThan(TEXTS / 10);
    }

    private static int everyText(List<String> words, Predicate<String> holds, Predicate<String> isValid) {
        int valid = 0;
        for (int seed = 0; seed < TEXTS; seed++) {
            List<String> text = words(new Random(seed), words);
            if (!holds.test(String.join("", text))) {
                fail("seed " + seed + ": `" + String.join("", shrink(text, holds)) + "`");
            }
            valid += isValid.test(String.join("", text)) ? 1 : 0;
        }
        return valid;
    }

    private static List<String> words(Random random, List<String> words) {
        List<String> text = new ArrayList<>();
        for (int i = random.nextInt(14); i > 0; i--) {
            text.add(words.get(random.nextInt(words.size())));
        }
        return text;
    }

    private static List<String> shrink(List<String> text, Predicate<String> holds) {
        for (int i = 0; i < text.size(); i++) {
            List<String> fewer = new ArrayList<>(text);
            fewer.remove(i);
            if (!holds.test(String.join("", fewer))) {
                return shrink(fewer, holds);
            }
        }
        return text;
    }

    private static boolean isWronglyRendered(RandomTemplate template) {
        return !render(template.source()).equals(Optional.of(template.value()));
    }

    private static boolean isTemplateOrExplained(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        SourceText source = whole(text);
        return SpiffeTemplateParser.parse(source, sink)
                .map(template -> sink.sorted().isEmpty()
                        && switch (TemplateResolver.resolve(template, RandomTemplate.SCOPE)) {
                            case Rendering.Text result -> true;
                            case Rendering.Failed failed ->
                                !failed.findings().isEmpty() && areInside(failed.findings(), source);
                        })
                .orElseGet(() -> sink.hasErrors() && areInside(sink.sorted(), source));
    }

    private static boolean isRulesOrExplained(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        SourceText source = whole(text);
        Optional<RuleSyntax> rules = WritRulesParser.parse(source, sink);
        return rules.isPresent() != sink.hasErrors() && areInside(sink.sorted(), source);
    }

    // With the padding of whole() around it, a place outside the text would show.
    private static boolean areInside(List<Diagnostic> findings, SourceText source) {
        return findings.stream().allMatch(finding -> {
            SourceSpan span = finding.span();
            return span != null
                    && span.start() >= source.span().start()
                    && span.end() <= source.span().end()
                    && (span.end() > span.start() || source.value().isEmpty());
        });
    }

    private static Optional<String> render(String template) {
        return SpiffeTemplateParser.parse(whole(template), new DiagnosticSink())
                .flatMap(parsed -> switch (TemplateResolver.resolve(parsed, RandomTemplate.SCOPE)) {
                    case Rendering.Text text -> Optional.of(text.value());
                    case Rendering.Failed failed -> Optional.empty();
                });
    }

    private static SourceText whole(String text) {
        SourceFile file = new SourceFile("f", "before" + text + "after");
        return SourceText.verbatim(file.span(6, 6 + text.length()));
    }
}
