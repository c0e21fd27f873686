package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.SourceReader;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files that the steps of features name, each read once. */
public final class SourceCache {
    private final Reading reading;
    private final Map<String, List<SourceFile>> known = new HashMap<>();

    /** Reads what a path stands for: a file, or a folder's files. */
    @FunctionalInterface
    public interface Reading {
        List<SourceFile> read(String path, DiagnosticSink sink);
    }

    /** One of files on disk. */
    public SourceCache() {
        this((path, sink) -> new SourceReader(InputStream.nullInputStream(), false).read(List.of(path), sink));
    }

    public SourceCache(Reading reading) {
        this.reading = reading;
    }

    synchronized List<SourceFile> read(String path, DiagnosticSink sink) {
        List<SourceFile> read = known.get(path);
        if (read != null) {
            return read;
        }
        DiagnosticSink found = new DiagnosticSink();
        List<SourceFile> files = reading.read(path, found);
        if (found.sorted().isEmpty()) {
            known.put(path, files);
        }
        found.sorted().forEach(sink::add);
        return files;
    }
}
