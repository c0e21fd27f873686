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

    /**
     * The place of a part of the sentence; the whole sentence, if an outline's placeholder stands for it.
     *
     * @param before what stands directly before it, so that it is not taken for a like part
     */
    public SourceSpan span(String before, String part) {
        int at = span.text().indexOf(before + part);
        int start = span.start() + at + before.length();
        return at < 0 ? span : new SourceSpan(span.file(), start, start + part.length());
    }

    /** A part of the sentence as a text that knows its place. */
    public SourceText text(String before, String part) {
        SourceSpan place = span(before, part);
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
