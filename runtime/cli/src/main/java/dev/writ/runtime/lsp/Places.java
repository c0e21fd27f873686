package dev.writ.runtime.lsp;

import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Range;

/** Where spans of sources stand for the client: by its URIs, and in its count of lines and characters. */
final class Places {
    private final Buffers buffers;
    private final Map<SourceFile, Lines> lines = Collections.synchronizedMap(new WeakHashMap<>());

    Places(Buffers buffers) {
        this.buffers = buffers;
    }

    String uri(String name) {
        return buffers.named(name).map(Buffer::uri).orElseGet(() -> Uris.of(name));
    }

    Range range(SourceSpan span) {
        return lines(span.file()).range(span.start(), span.end());
    }

    Location location(SourceSpan span) {
        return new Location(uri(span.file().name()), range(span));
    }

    // An open document's text may begin with a byte order mark, which its source file has not.
    private Lines lines(SourceFile file) {
        return buffers.named(file.name())
                .filter(buffer -> buffer.file() == file)
                .map(Buffer::lines)
                .orElseGet(() -> lines.computeIfAbsent(file, one -> new Lines(one.text())));
    }
}
