package dev.writ.runtime.testing.feature;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import java.util.Optional;

/**
 * Where a step stands.
 *
 * @param span its sentence, without the keyword
 * @param docString its doc string's text, whose characters know their places
 * @param cells the places of its table's cells, row by row, the header first
 */
public record StepText(SourceSpan span, Optional<SourceText> docString, List<List<SourceSpan>> cells) {
    public StepText {
        cells = cells.stream().map(List::copyOf).toList();
    }

    /** The place of a part of the sentence; the whole sentence, if an outline's placeholder stands for it. */
    public SourceSpan span(String part) {
        int at = span.text().indexOf(part);
        return at < 0 ? span : new SourceSpan(span.file(), span.start() + at, span.start() + at + part.length());
    }

    /** A part of the sentence as a text that knows its place. */
    public SourceText text(String part) {
        SourceSpan place = span(part);
        if (place.text().equals(part)) {
            return SourceText.verbatim(place);
        }
        PlacedText text = new PlacedText();
        for (int i = 0; i < part.length(); i++) {
            text.append(part.charAt(i), place.start());
        }
        return text.toSourceText(place, place.end());
    }
}
