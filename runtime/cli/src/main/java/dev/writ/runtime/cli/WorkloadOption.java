package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Workload;
import dev.writ.runtime.judge.CallResolver;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --workload}: one of them, instead of all. */
final class WorkloadOption {
    @Option(names = "--workload", paramLabel = "NAME", description = "Only this workload, not all.")
    private @Nullable String name;

    /** Whether all are meant. */
    boolean isAll() {
        return name == null;
    }

    /** @param sink gets what is wrong with the name: no workload, or several, have it */
    Predicate<Workload> chosen(MeshModel model, DiagnosticSink sink) {
        if (name == null) {
            return workload -> true;
        }
        Optional<Workload> found = new CallResolver(model).workload(name, null, sink);
        return workload ->
                found.isPresent() && workload.key().equals(found.get().key());
    }
}
