package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import java.nio.file.Path;
import java.util.List;

/** The features that a folder stands for in a run, as {@code writ test} finds them. */
public final class FoundFeatures {
    private FoundFeatures() {}

    /** Absolute paths in their order; what cannot be read is left to the run to say. */
    public static List<Path> in(Path folder) {
        return List.copyOf(FeatureFiles.find(List.of(folder.toString()), new DiagnosticSink())
                .keySet());
    }
}
