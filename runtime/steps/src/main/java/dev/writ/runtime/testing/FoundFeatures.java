package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import java.util.List;

/** The features that a folder stands for in a run, as {@code writ test} finds them. */
public final class FoundFeatures {
    private FoundFeatures() {}

    /** By the names that a run shows, in their order; what cannot be read is left to the run to say. */
    public static List<String> in(String folder) {
        return FeatureFiles.find(List.of(folder), new DiagnosticSink()).values().stream()
                .map(FeatureFiles.Chosen::name)
                .toList();
    }
}
