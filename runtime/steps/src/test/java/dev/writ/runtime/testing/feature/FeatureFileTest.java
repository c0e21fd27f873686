package dev.writ.runtime.testing.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FeatureFileTest {
    private static final String OUTLINE = """
            Feature: f
              Background:
                Given a step of the background
              Scenario Outline: o
                When "<caller>" calls "kv"
                  \"""yaml
                  allow: <caller>
                    end
                  \"""
                Then these:
                  | caller | decision |
                  | <caller> | allow  |
                Examples:
                  | caller |
                  | spiffe://a/b |
                  | spiffe://c/d |
            """;

    @Test
    void aDocStringKnowsItsPlacesThoughItsIndentationIsTakenOff() {
        SourceText text = docString("""
                Feature: f
                  Scenario: s
                    Given rules:
                      \"""
                      allow a
                        deny b

                    c
                      \"""
                """);

        assertThat(text.value()).isEqualTo("allow a\n  deny b\n\nc");
        assertThat(place(text, "allow")).isEqualTo("f.feature:5:7 allow");
        assertThat(place(text, "deny b")).isEqualTo("f.feature:6:9 deny b");
        assertThat(place(text, "c")).isEqualTo("f.feature:8:5 c");
        assertThat(text.span().text()).startsWith("\"\"\"").endsWith("\"\"\"");
    }

    @Test
    void anEscapedDelimiterMovesNothingBehindIt() {
        SourceText text = docString("""
                Feature: f
                  Scenario: s
                    Given rules:
                      \"""
                      x \\"\\"\\" y
                      z
                      \"""
                """);

        assertThat(text.value()).isEqualTo("x \"\"\" y\nz");
        assertThat(place(text, "y")).isEqualTo("f.feature:5:16 y");
        assertThat(place(text, "z")).isEqualTo("f.feature:6:7 z");
    }

    @Test
    void backticksDelimitToo() {
        SourceText text = docString("""
                Feature: f
                  Scenario: s
                    Given rules:
                      ```yaml
                      a \\`\\`\\` "\""" b
                      ```
                """);

        assertThat(text.value()).isEqualTo("a ``` \"\"\"\" b");
        assertThat(place(text, "b")).isEqualTo("f.feature:5:21 b");
    }

    @Test
    void carriageReturnsAreNoPartOfADocString() {
        SourceText text = docString(
                "Feature: f\r\n  Scenario: s\r\n    Given rules:\r\n      \"\"\"\r\n      a\r\n      b\r\n      \"\"\"\r\n");

        assertThat(text.value()).isEqualTo("a\nb");
        assertThat(place(text, "b")).isEqualTo("f.feature:6:7 b");
    }

    @Test
    void columnsCountCodePointsAndTabsAsOne() {
        SourceText text = docString("Feature: f\n  Scenario: s\n\tGiven rules:\n\t\t\"\"\"\n\t\t😀 b\n\t\t\"\"\"\n");

        assertThat(text.value()).isEqualTo("😀 b");
        assertThat(place(text, "b")).isEqualTo("f.feature:5:5 b");
    }

    @Test
    void anEmptyDocStringIsEmpty() {
        assertThat(docString("Feature: f\n  Scenario: s\n    Given rules:\n    \"\"\"\n    \"\"\"\n")
                        .value())
                .isEmpty();
    }

    @Test
    void anOutlinesRowIsAScenarioWithItsValuesInTheDocString() {
        FeatureFile feature = parse(OUTLINE);
        List<StepText> second = feature.steps(16);

        assertThat(feature.scenarioCount()).isEqualTo(2);
        assertThat(second).hasSize(3);
        assertThat(second.get(0).span().text()).isEqualTo("a step of the background");
        SourceText text = second.get(1).docString().orElseThrow();
        assertThat(text.value()).isEqualTo("allow: spiffe://c/d\n  end");
        assertThat(place(text, "spiffe://c/d")).isEqualTo("f.feature:7:14 <caller>");
        assertThat(place(text, "end")).isEqualTo("f.feature:8:9 end");
    }

    @Test
    void partsOfASentenceHaveTheirPlaces() {
        StepText step = parse(OUTLINE).steps(15).get(1);

        assertThat(step.span("\"", "kv").place()).isEqualTo("f.feature:5:28");
        assertThat(step.text("\"", "kv").span(0, 1).text()).isEqualTo("k");
        assertThat(step.span("\"", "spiffe://a/b").text())
                .as("what a placeholder stands for has the whole sentence as its place")
                .isEqualTo("\"<caller>\" calls \"kv\"");
    }

    @Test
    void cellsHaveTheirPlaces() {
        List<List<SourceSpan>> cells = parse(OUTLINE).steps(15).get(2).cells();

        assertThat(cells.get(0).get(1).text()).isEqualTo("decision");
        assertThat(cells.get(1).get(1).text()).isEqualTo("allow");
        assertThat(cells.get(1).get(0).place()).isEqualTo("f.feature:12:9");
    }

    @Test
    void scenariosOfRulesHaveBothBackgrounds() {
        FeatureFile feature = parse("""
                Feature: f
                  Background:
                    Given one
                  Rule: r
                    Background:
                      Given two
                    Example: e
                      When three
                """);

        assertThat(feature.steps(7).stream().map(step -> step.span().text())).containsExactly("one", "two", "three");
    }

    @Test
    void whatIsNotGherkinIsSaidInWordsWithItsPlace() {
        DiagnosticSink sink = new DiagnosticSink();
        FeatureFile feature = FeatureFile.parse(
                new SourceFile("f.feature", "Feature: f\n  Scenario: s\n    Given a\n    Gven x\n"), sink);

        assertThat(feature.scenarioCount()).isZero();
        Diagnostic found = sink.sorted().get(0);
        assertThat(Objects.requireNonNull(found.span()).text()).isEqualTo("Gven x");
        assertThat(found.message())
                .contains("found `Gven x`")
                .startsWith("expected ")
                .doesNotContain("#");
    }

    @Test
    void aFeatureThatEndsTooSoonIsSaid() {
        DiagnosticSink sink = new DiagnosticSink();
        FeatureFile.parse(new SourceFile("f.feature", "Feature: f\n  Scenario: s\n    Given x\n    \"\"\"\n"), sink);

        assertThat(sink.sorted())
                .singleElement()
                .satisfies(found -> assertThat(found.message())
                        .isEqualTo("expected the end of the doc string or text, found the end of the file"));
    }

    private static SourceText docString(String feature) {
        return parse(feature).steps(2).get(0).docString().orElseThrow();
    }

    private static String place(SourceText text, String part) {
        int at = text.value().indexOf(part);
        SourceSpan span = text.span(at, at + part.length());
        return span.place() + " " + span.text();
    }

    private static FeatureFile parse(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        FeatureFile feature = FeatureFile.parse(new SourceFile("f.feature", text), sink);
        assertThat(sink.sorted()).isEmpty();
        return feature;
    }
}
