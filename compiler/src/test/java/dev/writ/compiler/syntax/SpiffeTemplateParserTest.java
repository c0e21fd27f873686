package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SpiffeTemplate.Action;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import dev.writ.compiler.syntax.SpiffeTemplate.Literal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpiffeTemplateParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            /ns/{{ .Namespace ¦ {{ ¦ an action that no `}}` closes
            /ns/{{ .Namespace }/sa/x ¦ } ¦ unexpected `}` in an action
            /ns/{{ .A {{ .B }} ¦ { ¦ unexpected `{` in an action
            {{/* c }} ¦ {{ ¦ a comment that no `*/}}` closes
            {{/* c */ }}x ¦ */ ¦ a comment is an action of its own: its `*/` stands right before `}}`
            {{ label "app }}/x ¦ "app  ¦ a text that no `"` closes on its line
            {{ label `app }}/x ¦ `app ¦ a text that no back quote closes anywhere after it
            {{ (label "app" }} ¦ ( ¦ a `(` that no `)` closes
            {{ label "app") }} ¦ ) ¦ a `)` that closes no `(`, or closes one with nothing in it
            {{ () }} ¦ ) ¦ a `)` that closes no `(`, or closes one with nothing in it
            {{ }} ¦ {{ }} ¦ an empty action
            {{- -}} ¦ - ¦ unexpected `-` in an action
            {{ print"x" }} ¦ "x" ¦ a space is missing before `"x"`
            {{ print(.A) }} ¦ ( ¦ a space is missing before `(`
            {{ .Names-pace }} ¦ - ¦ unexpected `-` in an action
            {{ print .A, .B }} ¦ , ¦ unexpected `,` in an action
            {{ label “app” }} ¦ “ ¦ unexpected `“` in an action
            {{ label 'app' }} ¦ 'app' ¦ single quotes hold one character, a text stands in double quotes
            {{ "a\\qb" }} ¦ ~\\q~ ¦ `\\q` is not an escape of Go's
            {{ if .Mesh }}x{{ else }}y{{ end }} ¦ if ¦ `if` of Go's templates is not supported
            {{ end }} ¦ end ¦ `end` of Go's templates is not supported
            {{ $x := .Mesh }} ¦ $x ¦ variables such as `$x` are not supported
            {{ print $ }} ¦ $ ¦ variables such as `$` are not supported
            {{ .Mesh | html }} ¦ html ¦ `html` of Go's templates is not supported
            {{ upper .Mesh }} ¦ upper ¦ unknown function `upper`
            {{ .Mesh.Name }} ¦ .Name ¦ `.Mesh` is a text and has no field `.Name`
            {{ .Mesh .Zone }} ¦ .Mesh ¦ only a function takes arguments, `.Mesh` is none
            {{ "a" | .Mesh }} ¦ .Mesh ¦ a pipe leads to a function, `.Mesh` is none
            {{ label }} ¦ label ¦ `label` takes the name of one label, not 0
            {{ "a" | label "b" }} ¦ label ¦ `label` takes the name of one label, not 2
            {{ label 1 }} ¦ 1 ¦ the name of a label is a text, `1` is none
            {{ label . }} ¦ . ¦ the name of a label is a text, `.` is none
            {{ printf 1 }} ¦ 1 ¦ a format is a text, `1` is none
            {{ printf }} ¦ printf ¦ `printf` takes a format first
            {{ 1.5 }} ¦ 1.5 ¦ `1.5` is not a whole number
            {{ 12a }} ¦ 12a ¦ `12a` is not a whole number
            {{ 99999999999999999999 }} ¦ 99999999999999999999 ¦ `99999999999999999999` is too large a number
            """)
    void saysWhatIsWrongWhereItStands(String template, String underlined, String message) {
        assertThat(errors(template)).singleElement().satisfies(error -> {
            assertThat(underlined(error)).isEqualTo(underlined);
            assertThat(error.message()).isEqualTo(message);
            assertThat(error.id()).isEqualTo(DiagnosticId.TEMPLATE_SYNTAX);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "{{ lable \"app\" }}, did you mean `label`?",
        "{{ Namspace }}, did you mean `.Namespace`?",
        "{{ .Mesh }.x, an action stands between `{{` and `}}`",
    })
    void suggestsWhatWasMeant(String template, String help) {
        assertThat(errors(template))
                .singleElement()
                .extracting(Diagnostic::help)
                .isEqualTo(help);
    }

    @Test
    void reportsEveryActionThatIsWrongOnce() {
        assertThat(errors("{{ upper }}/{{ .A.B.C )) }}/{{ .Fine }}/{{ print, , }}/{{ label "))
                .extracting(SpiffeTemplateParserTest::underlined)
                .containsExactly("upper", ")", ",", "{{");
    }

    @Test
    void goesOnAfterACommentThatIsNotOne() {
        assertThat(errors("{{/* c */ print }}{{ upper }}"))
                .extracting(SpiffeTemplateParserTest::underlined)
                .containsExactly("*/", "upper");
    }

    @Test
    void aPipeHandsItsValueOverAsTheLastArgument() {
        SpiffeTemplate template = parse("{{ .Mesh | printf \"%s-%s\" \"x\" }}").orElseThrow();
        assertThat(template.parts()).singleElement().isInstanceOfSatisfying(Action.class, action -> {
            assertThat(action.span().text()).isEqualTo(template.text().value());
            assertThat(action.expression()).isInstanceOfSatisfying(Call.class, call -> {
                assertThat(call.function()).isEqualTo(Function.PRINTF);
                assertThat(call.arguments())
                        .extracting(argument -> argument.span().text())
                        .containsExactly("\"%s-%s\"", "\"x\"", ".Mesh");
            });
        });
    }

    @Test
    void trimMarkersTakeTheSpaceOfTheTextBesideThem() {
        SpiffeTemplate template = parse("a \n{{- .Mesh -}}\t b {{/* c */ -}} c").orElseThrow();
        assertThat(template.parts().stream()
                        .filter(Literal.class::isInstance)
                        .map(part -> part.span().text()))
                .containsExactly("a", "b ", "c");
    }

    @Test
    void placesAreThoseOfTheFileThoughTheStringIsEscapedThere() {
        // As if the first brace were an escape six characters wide.
        SourceFile file = new SourceFile("f", "\"escape{ nope }}\"");
        int[] offsets = {1, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        SourceText text = new SourceText("{{ nope }}", file.span(0, 17), offsets);
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(SpiffeTemplateParser.parse(text, sink)).isEmpty();
        assertThat(sink.sorted())
                .extracting(SpiffeTemplateParserTest::underlined)
                .containsExactly("nope");
    }

    @Test
    void placesAreRightBehindCharactersOutsideTheBasicPlane() {
        assertThat(errors("😀{{ \"😀\" | nope }}"))
                .extracting(SpiffeTemplateParserTest::underlined)
                .containsExactly("nope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "print | ", "{{ "})
    void aTemplateNestedWithoutEndIsOneError(String piece) {
        assertThat(errors("{{ " + piece.repeat(20_000))).hasSize(1);
    }

    private static Optional<SpiffeTemplate> parse(String template) {
        return SpiffeTemplateParser.parse(SourceText.whole(new SourceFile("f", template)), new DiagnosticSink());
    }

    private static List<Diagnostic> errors(String template) {
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(SpiffeTemplateParser.parse(SourceText.whole(new SourceFile("f", template)), sink))
                .isEmpty();
        return sink.sorted();
    }

    private static String underlined(Diagnostic diagnostic) {
        SourceSpan span = diagnostic.span();
        assertThat(span).isNotNull();
        return span == null ? "" : span.text();
    }
}
