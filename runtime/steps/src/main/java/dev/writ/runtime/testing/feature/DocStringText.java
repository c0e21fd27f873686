package dev.writ.runtime.testing.feature;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import io.cucumber.messages.types.DocString;
import java.util.Map;

/**
 * Finds a doc string in its file. Gherkin takes the indentation of the opening delimiter off each line, joins the lines
 * with LF and reads {@code \"\"\"} as the delimiter; an outline's placeholders are replaced after that.
 */
final class DocStringText {
    private final TextLines lines;

    DocStringText(TextLines lines) {
        this.lines = lines;
    }

    SourceText locate(DocString docString, Map<String, String> placeholders) {
        long opening = docString.getLocation().getLine();
        String delimiter = docString.getDelimiter();
        String escaped = "\\" + String.join("\\", delimiter.split("")); // \"\"\" or \`\`\`
        PlacedText text = new PlacedText();
        long line = opening;
        for (String content : docString.getContent().split("\n", -1)) {
            if (line > opening) {
                text.append('\n', lines.line(line).end());
            }
            line++;
            PlacedText written = PlacedText.verbatim(lines.line(line)).replace(escaped, delimiter);
            // Only blanks were cut, at the start (and, on a line indented less than the delimiter, at the end).
            int start = Math.max(0, written.value().indexOf(content));
            text.append(written, start, Math.min(written.length(), start + content.length()));
        }
        for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
            text = text.replace("<" + placeholder.getKey() + ">", placeholder.getValue());
        }
        // Behind the last character stands the end of its line, and then the closing delimiter.
        int end = lines.line(line).end();
        SourceSpan opened =
                lines.from(opening, docString.getLocation().getColumn().orElse(1L));
        SourceSpan closed =
                lines.from(line, 1).text().strip().equals(delimiter) ? lines.from(line, 1) : lines.from(line + 1, 1);
        return text.toSourceText(opened.to(closed), end);
    }
}
