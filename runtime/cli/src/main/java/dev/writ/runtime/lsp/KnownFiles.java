package dev.writ.runtime.lsp;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** What was read of files: one that did not change is not read again. */
final class KnownFiles {
    private final Map<SourceFile, Read> known = new WeakHashMap<>();

    /** Of one file. */
    private record Read(List<Resource> resources, List<Diagnostic> findings) {}

    /** The resources of all files, as a run of the compiler reads them. */
    List<Resource> resources(List<SourceFile> files, ModelOptions options, DiagnosticSink sink) {
        ResourceReader reader = new ResourceReader(options::controlPlaneOf);
        List<Resource> resources = new ArrayList<>();
        for (SourceFile file : files) {
            Read read = known.get(file);
            if (read == null) {
                read = read(file, reader);
                known.put(file, read);
            }
            resources.addAll(read.resources());
            read.findings().forEach(sink::add);
        }
        reader.refuseDuplicates(resources, sink);
        return resources;
    }

    private static Read read(SourceFile file, ResourceReader reader) {
        DiagnosticSink sink = new DiagnosticSink();
        return new Read(reader.read(file, sink), sink.sorted());
    }
}
