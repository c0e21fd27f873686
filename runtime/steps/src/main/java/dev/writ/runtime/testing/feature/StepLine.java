package dev.writ.runtime.testing.feature;

import io.cucumber.gherkin.GherkinDialect;
import io.cucumber.gherkin.GherkinDialects;
import io.cucumber.messages.types.StepKeywordType;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of a step that is being written: its feature need not be well-formed.
 *
 * @param types what its keyword stands for: several for {@code *}, {@code CONJUNCTION} for {@code And}
 * @param sentence where the sentence starts in the text: behind the keyword
 */
public record StepLine(Set<StepKeywordType> types, int sentence) {
    /** As Gherkin reads it ({@code GherkinLanguageConstants}). */
    private static final Pattern LANGUAGE =
            Pattern.compile("^\\s*#\\s*language\\s*:\\s*([a-zA-Z\\-_]+)\\s*$", Pattern.MULTILINE);

    /**
     * The step whose line this offset is in, behind its keyword; none where the line is no step's.
     *
     * @param text of the feature
     */
    public static Optional<StepLine> at(String text, int offset) {
        int start = offset;
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        int first = start;
        while (first < offset && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        GherkinDialect dialect = dialect(text);
        int at = first;
        return dialect.getStepKeywords().stream()
                .filter(keyword -> text.startsWith(keyword, at) && at + keyword.length() <= offset)
                .max(Comparator.comparingInt(String::length))
                .map(keyword -> new StepLine(dialect.getStepKeywordTypesSet(keyword), at + keyword.length()));
    }

    private static GherkinDialect dialect(String text) {
        Matcher language = LANGUAGE.matcher(text);
        return (language.find() ? GherkinDialects.getDialect(language.group(1)) : Optional.<GherkinDialect>empty())
                .or(() -> GherkinDialects.getDialect("en"))
                .orElseThrow();
    }
}
