package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;

/**
 * Reads YAML 1.2 (and so JSON) into nodes that know their places. Refused, each with its place: duplicate keys, anchors,
 * aliases, merge keys, tags of one's own, and what is nested deeper than {@link #MAX_DEPTH}. A document that cannot be
 * read costs only itself: the next {@code ---} line starts afresh.
 */
public final class YamlReader {
    public static final int MAX_DEPTH = 100;

    /** The documents that were read whole, in their order; an empty document is none. */
    public List<YamlNode> read(SourceText text, DiagnosticSink sink) {
        List<YamlNode> documents = new ArrayList<>();
        int from = 0;
        while (from >= 0) {
            from = readFrom(text, from, sink, documents);
        }
        return documents;
    }

    /** Reads until the end, or until a document that cannot be read; then gives the place of the next one. */
    private static int readFrom(SourceText text, int from, DiagnosticSink sink, List<YamlNode> documents) {
        int document = from;
        YamlEvents events = new YamlEvents(text, from);
        try {
            Optional<Event> event = events.next();
            while (event.isPresent()) {
                if (event.get() instanceof DocumentStartEvent start) {
                    document = events.start(start);
                    YamlComposer composer = new YamlComposer(text, events, sink);
                    YamlNode node = composer.compose();
                    if (composer.isWhole() && !isEmpty(node)) {
                        documents.add(node);
                    }
                }
                event = events.next();
            }
            return -1;
        } catch (UnreadableYaml e) {
            sink.add(e.diagnostic());
            return nextDocument(text.value(), Math.max(e.index(), document + 1));
        }
    }

    private static boolean isEmpty(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.type() == YamlNode.ScalarType.NULL;
    }

    /** The next line that starts a document: {@code ---} in the first column means nothing else, even inside quotes. */
    private static int nextDocument(String text, int from) {
        int line = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
        while (line >= 0 && line < text.length()) {
            if (line >= from && text.startsWith("---", line) && isMarkerEnd(text, line + 3)) {
                return line;
            }
            int next = text.indexOf('\n', line);
            line = next < 0 ? -1 : next + 1;
        }
        return -1;
    }

    private static boolean isMarkerEnd(String text, int at) {
        return at >= text.length() || ScalarDecoder.isWhite(text.charAt(at));
    }
}
