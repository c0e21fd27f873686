package dev.writ.runtime.testing.feature;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;

/**
 * A text in Writ that says what a sentence or a table says, made of their own words where there are such: each character knows
 * the place in the feature that it stands for, so that what is wrong with it is underlined there.
 */
public final class ComposedText {
    private final PlacedText text = new PlacedText();
    private final SourceSpan whole;
    private int end;

    /** @param whole what to underline for the text as a whole */
    public ComposedText(SourceSpan whole) {
        this.whole = whole;
        this.end = whole.start();
    }

    /** Words of Writ that stand for those at a place. */
    public ComposedText words(String words, SourceSpan place) {
        int last = Math.max(0, place.end() - place.start() - 1);
        // A space that begins the words ends what stands before them: there, and not where the words belong.
        boolean isApart = text.length() > 0 && words.startsWith(" ");
        for (int i = 0; i < words.length(); i++) {
            text.append(words.charAt(i), i == 0 && isApart ? end : place.start() + Math.min(i, last));
        }
        end = place.start() + Math.min(words.length(), last + 1);
        return this;
    }

    /** Words of the feature that are Writ as they are. */
    public ComposedText verbatim(SourceText words) {
        for (int i = 0; i < words.value().length(); i++) {
            text.append(words.value().charAt(i), words.offset(i));
        }
        end = words.offset(words.value().length());
        return this;
    }

    /** A text of the feature in quotes. The actions of a template keep theirs. */
    public ComposedText quoted(SourceText words) {
        String value = words.value();
        int start = words.offset(0);
        int close = words.offset(value.length());
        text.append('"', isQuote(start - 1) ? start - 1 : start);
        int endOfAction = 0;
        for (int i = 0; i < value.length(); i++) {
            if (i >= endOfAction && value.startsWith("{{", i)) {
                endOfAction = value.indexOf("}}", i) + 2;
            }
            if (i >= endOfAction && (value.charAt(i) == '"' || value.charAt(i) == '\\')) {
                text.append('\\', words.offset(i));
            }
            text.append(value.charAt(i), words.offset(i));
        }
        text.append('"', isQuote(close) ? close : Math.max(start, close - 1));
        end = isQuote(close) ? close + 1 : close;
        return this;
    }

    private boolean isQuote(int offset) {
        String file = whole.file().text();
        return offset >= 0 && offset < file.length() && file.charAt(offset) == '"';
    }

    public SourceText toSourceText() {
        return text.toSourceText(whole, whole.end());
    }
}
