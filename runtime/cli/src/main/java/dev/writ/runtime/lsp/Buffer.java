package dev.writ.runtime.lsp;

import dev.writ.compiler.source.SourceFile;
import java.util.List;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/**
 * A document that is open in the editor, as it stands there: saved or not.
 *
 * @param uri what the client calls it, letter by letter
 * @param version the client's count of its changes
 * @param text as the editor has it, a byte order mark included
 */
record Buffer(String uri, int version, String text, SourceFile file, Lines lines) {

    static Buffer of(String uri, int version, String text) {
        Lines lines = new Lines(text);
        return new Buffer(uri, version, text, new SourceFile(Uris.name(uri), lines.source(), false), lines);
    }

    /** The same after changes, each of which finds the text as the one before it left it. */
    Buffer changed(int newVersion, List<TextDocumentContentChangeEvent> changes) {
        String changed = text;
        Lines places = lines;
        for (TextDocumentContentChangeEvent change : changes) {
            changed = changed(changed, places, change);
            places = new Lines(changed);
        }
        return of(uri, newVersion, changed);
    }

    private static String changed(String before, Lines places, TextDocumentContentChangeEvent change) {
        Range range = change.getRange();
        if (range == null) {
            return change.getText();
        }
        int start = places.rawOffset(range.getStart());
        int end = Math.max(start, places.rawOffset(range.getEnd()));
        return before.substring(0, start) + change.getText() + before.substring(end);
    }
}
