package dev.writ.runtime.lsp;

import dev.writ.compiler.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;

/**
 * A document that is open in the editor, as it stands there: saved or not.
 *
 * @param uri what the client calls it, letter by letter
 * @param version the client's count of its changes
 * @param text as the editor has it, a byte order mark included
 */
record Buffer(String uri, int version, String text, SourceFile file, Lines lines) {

    /** @param root the folder below which it may name other files; null where it is in none */
    static Buffer of(String uri, int version, String text, @Nullable Path root) {
        Lines lines = new Lines(text);
        SourceFile file = new SourceFile(Uris.name(uri), lines.source(), false);
        return new Buffer(uri, version, text, root == null ? file : file.within(root), lines);
    }

    /** The same after changes, each of which finds the text as the one before it left it. */
    Buffer changed(int newVersion, List<TextDocumentContentChangeEvent> changes) {
        String changed = text;
        Lines places = lines;
        for (TextDocumentContentChangeEvent change : changes) {
            changed = changed(changed, places, change);
            places = new Lines(changed);
        }
        return of(uri, newVersion, changed, file.root());
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
