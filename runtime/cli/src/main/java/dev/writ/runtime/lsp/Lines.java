package dev.writ.runtime.lsp;

import java.util.Arrays;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * The lines of a text as the protocol counts them: from 0, LF, CR LF and a lone CR each end one, and characters are UTF-16
 * units (https://microsoft.github.io/language-server-protocol, "Text Documents"). Offsets are those of the text without its
 * byte order mark, which some editors count as a character of the first line.
 */
final class Lines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String text;
    private final int[] starts;
    private final int mark;

    Lines(String text) {
        this.text = text;
        this.starts = starts(text);
        this.mark = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    }

    /** The text without its byte order mark: what a compiler reads. */
    String source() {
        return text.substring(mark);
    }

    /** The place of an offset; of one beyond the text, its end. */
    Position position(int offset) {
        return rawPosition(offset + mark);
    }

    /** The same of an offset in the text as the editor has it. */
    Position rawPosition(int offset) {
        int within = Math.clamp(offset, 0, text.length());
        int found = Arrays.binarySearch(starts, within);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line, within - starts[line]);
    }

    Range range(int start, int end) {
        return new Range(position(start), position(end));
    }

    /** The offset of a place; a character beyond its line stands for the line's end, a line beyond the text for the text's. */
    int offset(Position position) {
        return Math.max(0, rawOffset(position) - mark);
    }

    /** The same in the text as the editor has it. */
    int rawOffset(Position position) {
        if (position.getLine() >= starts.length) {
            return text.length();
        }
        int line = Math.max(0, position.getLine());
        return Math.clamp((long) starts[line] + Math.max(0, position.getCharacter()), starts[line], end(line));
    }

    /** Where a line ends, its line end left out. */
    private int end(int line) {
        int end = line + 1 < starts.length ? starts[line + 1] : text.length();
        while (end > starts[line] && line + 1 < starts.length && isBreak(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static int[] starts(String text) {
        int[] starts = new int[64];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n');
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
