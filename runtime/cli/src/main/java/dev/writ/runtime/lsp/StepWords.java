package dev.writ.runtime.lsp;

import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import java.util.Optional;

/** What stands between quotes, or in a cell of a table, in the steps of a feature: it may be a name of the policy, or a file. */
final class StepWords {
    private StepWords() {}

    static Optional<Occurrence> at(SourceFile file, int offset) {
        String text = file.text();
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int newline = text.indexOf('\n', offset);
        int end = newline < 0 ? text.length() : newline;
        String line = text.substring(start, end);
        String sentence = line.stripLeading();
        if (sentence.startsWith("#") || sentence.startsWith("\"\"\"")) {
            return Optional.empty();
        }
        char border = sentence.startsWith("|") ? '|' : '"';
        int at = offset - start;
        int open = line.lastIndexOf(border, at - 1);
        int close = line.indexOf(border, at);
        boolean isBetween = border == '|'
                || line.substring(0, Math.max(0, open + 1))
                                        .chars()
                                        .filter(c -> c == '"')
                                        .count()
                                % 2
                        == 1;
        if (open < 0 || close < 0 || !isBetween) {
            return Optional.empty();
        }
        String word = line.substring(open + 1, close);
        int from = start + open + 1 + word.length() - word.stripLeading().length();
        String name = word.strip();
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Occurrence(
                        file.span(from, from + name.length()),
                        new Subject.StepWord(SourceText.verbatim(file.span(from, from + name.length())))));
    }
}
