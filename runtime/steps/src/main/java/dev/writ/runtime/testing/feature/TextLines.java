package dev.writ.runtime.testing.feature;

import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/** The lines of a feature file as Gherkin counts them: LF, CR LF and a lone CR each end one. */
final class TextLines {
    private final SourceFile file;
    private final List<SourceSpan> lines = new ArrayList<>();

    TextLines(SourceFile file) {
        this.file = file;
        String text = file.text();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                lines.add(file.span(start, i));
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                start = i + 1;
            }
        }
        lines.add(file.span(start, text.length()));
    }

    /** A line (from 1), without its end; the empty end of the file for one below the last. */
    SourceSpan line(long line) {
        int end = file.text().length();
        return line <= lines.size() ? lines.get((int) line - 1) : file.span(end, end);
    }

    /** From a column (from 1, in code points) to the end of the line, trailing blanks left out. */
    SourceSpan from(long line, long column) {
        SourceSpan whole = line(line);
        String text = whole.text();
        int skipped = text.offsetByCodePoints(
                0, (int) Math.min(Math.max(column - 1, 0), text.codePointCount(0, text.length())));
        int end = Math.max(skipped, text.stripTrailing().length());
        return file.span(whole.start() + skipped, whole.start() + end);
    }

    /** The text that stands there verbatim, cut to {@code length}. */
    SourceSpan at(long line, long column, int length) {
        SourceSpan rest = from(line, column);
        return file.span(rest.start(), Math.min(rest.start() + length, rest.end()));
    }
}
