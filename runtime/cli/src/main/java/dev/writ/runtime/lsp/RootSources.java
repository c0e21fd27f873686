package dev.writ.runtime.lsp;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.SourceReader;
import dev.writ.runtime.testing.FeatureSources;
import dev.writ.runtime.testing.SourceCache;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The sources of one policy root: what its files hold, and the open documents in their place. */
final class RootSources {
    /** YAML of other tools is no business of ours, broken or not: it has none of the words that ours cannot do without. */
    private static final Pattern OURS =
            Pattern.compile("apiVersion|kuma\\.io|\\btype[\"']?\\s*:\\s*[\"']?(Mesh|Dataplane|Secret|Zone)");

    private final PolicyRoot root;
    private final Buffers buffers;
    private List<Path> paths = List.of();
    private final Map<Path, SourceFile> saved = new HashMap<>();
    private boolean isStale = true;

    /**
     * What is read together.
     *
     * @param named gives the files that features name
     * @param findings about files that cannot be read
     * @param versions of the open documents among the files, by name
     */
    record Sources(
            List<SourceFile> files,
            SourceCache.Reading named,
            List<Diagnostic> findings,
            Map<String, Integer> versions) {}

    RootSources(PolicyRoot root, Buffers buffers) {
        this.root = root;
        this.buffers = buffers;
    }

    /** Files were saved, made or deleted: they are read again before they are used. */
    synchronized void invalidate() {
        isStale = true;
    }

    synchronized Sources read() {
        Map<Path, Buffer> open = new LinkedHashMap<>();
        List<Buffer> others = new ArrayList<>();
        Map<String, Integer> versions = new LinkedHashMap<>();
        for (Buffer buffer : buffers.all()) {
            String name = buffer.file().name();
            if (root.holds(name) && (WorkspaceFiles.isSource(name) || FeatureSources.isOne(buffer.file()))) {
                versions.put(name, buffer.version());
                Uris.path(buffer.uri())
                        .filter(path -> root.folder() != null)
                        .ifPresentOrElse(path -> open.put(path, buffer), () -> others.add(buffer));
            }
        }
        DiagnosticSink sink = new DiagnosticSink();
        List<SourceFile> files = new ArrayList<>(files(open, sink));
        others.forEach(buffer -> files.add(buffer.file()));
        return new Sources(files.stream().filter(RootSources::isOurs).toList(), this::named, sink.sorted(), versions);
    }

    private List<SourceFile> files(Map<Path, Buffer> open, DiagnosticSink sink) {
        Path folder = root.folder();
        if (folder == null) {
            return List.of();
        }
        boolean isRead = isStale;
        if (isRead) {
            paths = WorkspaceFiles.of(folder, root.recursive());
            isStale = false;
        }
        SortedSet<Path> all = new TreeSet<>(paths);
        all.addAll(open.keySet());
        List<SourceFile> files = SourceReader.readFiles(
                List.copyOf(all),
                folder,
                path -> open.containsKey(path)
                        ? Objects.requireNonNull(open.get(path)).file()
                        : isRead ? null : saved.get(path),
                sink);
        return files.stream().map(file -> kept(file, open)).toList();
    }

    /** A file that did not change stays the same object, and what was made of it stays good. */
    private SourceFile kept(SourceFile file, Map<Path, Buffer> open) {
        Path path = Path.of(file.name());
        if (open.containsKey(path)) {
            return file;
        }
        SourceFile before = saved.get(path);
        SourceFile kept = before != null && before.text().equals(file.text()) ? before : file;
        saved.put(path, kept);
        return kept;
    }

    private List<SourceFile> named(String path, DiagnosticSink sink) {
        return new SourceReader(InputStream.nullInputStream(), false)
                .read(List.of(path), sink).stream()
                        .map(file ->
                                buffers.named(file.name()).map(Buffer::file).orElse(file))
                        .toList();
    }

    private static boolean isOurs(SourceFile file) {
        return file.name().endsWith(".writ")
                || FeatureSources.isOne(file)
                || OURS.matcher(file.text()).find();
    }
}
