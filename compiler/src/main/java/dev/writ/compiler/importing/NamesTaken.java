package dev.writ.compiler.importing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import java.util.HashSet;
import java.util.Set;

/**
 * The names of a kind's declarations. In Kuma two resources of one name may lie in two namespaces; another name would not do, for
 * of two MeshIdentities that select a workload alike the first by name is taken.
 */
final class NamesTaken {
    private final Set<String> names = new HashSet<>();
    private final String kind;
    private final DiagnosticSink sink;

    NamesTaken(String kind, DiagnosticSink sink) {
        this.kind = kind;
        this.sink = sink;
    }

    void take(String name, SourceSpan place) {
        if (!names.add(name)) {
            sink.add(
                    DiagnosticId.IMPORT_UNSUPPORTED,
                    place,
                    "a second " + kind + " called `" + name + "`: names in `.writ` are in no namespace",
                    "rename one of the two, or take it out");
        }
    }
}
