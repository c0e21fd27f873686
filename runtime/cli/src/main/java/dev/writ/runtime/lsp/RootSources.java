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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The sources of one policy root: what its files hold, and the open documents in their place. */
final class RootSources {
    /** YAML of other tools is no business of ours, broken or not: it has none of the words that ours cannot do without. */
    private static final Pattern OURS =
            Pattern.compile("apiVersion|kuma\\.io|\\btype[\"']?\\s*:\\s*[\"']?(Mesh|Dataplane|Secret|Zone)");

    private final PolicyRoot root;
    private final Buffers buffers;
    private Map<String, SourceFile> saved = Map.of();
    private List<Diagnostic> unreadable = List.of();
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
        if (isStale) {
            readFiles();
            isStale = false;
        }
        Map<String, SourceFile> files = new LinkedHashMap<>(saved);
        Map<String, Integer> versions = new LinkedHashMap<>();
        for (Buffer buffer : buffers.all()) {
            String name = buffer.file().name();
            if (root.holds(name) && (WorkspaceFiles.isSource(name) || FeatureSources.isOne(buffer.file()))) {
                files.put(name, buffer.file());
                versions.put(name, buffer.version());
            }
        }
        return new Sources(
                files.values().stream().filter(RootSources::isOurs).toList(),
                this::named,
                unreadable.stream()
                        .filter(finding -> !isOpen(finding, versions))
                        .toList(),
                versions);
    }

    private List<SourceFile> named(String path, DiagnosticSink sink) {
        return new SourceReader(InputStream.nullInputStream(), false)
                .read(List.of(path), sink).stream()
                        .map(file ->
                                buffers.named(file.name()).map(Buffer::file).orElse(file))
                        .toList();
    }

    private static boolean isOpen(Diagnostic finding, Map<String, Integer> versions) {
        return finding.span() != null
                && versions.containsKey(finding.span().file().name());
    }

    private static boolean isOurs(SourceFile file) {
        return file.name().endsWith(".writ")
                || FeatureSources.isOne(file)
                || OURS.matcher(file.text()).find();
    }

    private void readFiles() {
        Path folder = root.folder();
        if (folder == null) {
            return;
        }
        DiagnosticSink sink = new DiagnosticSink();
        List<String> names = new ArrayList<>();
        WorkspaceFiles.of(folder, root.recursive()).forEach(path -> names.add(path.toString()));
        Map<String, SourceFile> files = new LinkedHashMap<>();
        for (SourceFile file : new SourceReader(InputStream.nullInputStream(), false).read(names, sink)) {
            // A file that did not change stays the same object, and what was made of it stays good.
            SourceFile before = saved.get(file.name());
            boolean isSame = before != null && before.text().equals(file.text());
            files.put(file.name(), isSame ? before : new SourceFile(file.name(), file.text(), false));
        }
        saved = files;
        unreadable = sink.sorted();
    }
}
