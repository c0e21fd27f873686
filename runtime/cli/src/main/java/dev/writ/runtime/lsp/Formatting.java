package dev.writ.runtime.lsp;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.WritFormatter;
import dev.writ.runtime.testing.FeatureSources;
import dev.writ.runtime.testing.feature.FeatureFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.TextEdit;

/**
 * Lays a document out as {@code writ fmt} does, by edits of the lines that change, so that cursors and marks elsewhere stay. What
 * does not parse is left as it is; YAML has no layout of ours.
 */
final class Formatting {
    private Formatting() {}

    static List<TextEdit> of(Buffer document) {
        SourceFile file = document.file();
        return formatted(file)
                .map(text -> edits(document, withEndsOf(file, text)))
                .orElse(List.of());
    }

    private static Optional<String> formatted(SourceFile file) {
        DiagnosticSink sink = new DiagnosticSink();
        if (FeatureSources.isOne(file)) {
            return FeatureFormat.format(file, sink);
        }
        return file.name().endsWith(".writ")
                ? WritFormatter.formatFile(SourceText.whole(file), sink)
                : Optional.empty();
    }

    /** Line ends are the editor's choice. */
    private static String withEndsOf(SourceFile file, String text) {
        String plain = text.replace("\r\n", "\n");
        return file.text().contains("\r\n") ? plain.replace("\n", "\r\n") : plain;
    }

    private static List<TextEdit> edits(Buffer document, String text) {
        List<String> before = lines(document.file().text());
        int[] starts = new int[before.size() + 1];
        for (int i = 0; i < before.size(); i++) {
            starts[i + 1] = starts[i] + before.get(i).length();
        }
        List<TextEdit> edits = new ArrayList<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(before, lines(text)).getDeltas()) {
            Chunk<String> gone = delta.getSource();
            int end = gone.getPosition() + gone.getLines().size();
            edits.add(new TextEdit(
                    document.lines().range(starts[gone.getPosition()], starts[end]),
                    String.join("", delta.getTarget().getLines())));
        }
        return edits;
    }

    /** Each with its end. */
    private static List<String> lines(String text) {
        return List.of(text.split("(?<=\n)", -1));
    }
}
