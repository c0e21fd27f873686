package dev.writ.compiler.envoy;

import dev.writ.compiler.model.WorkloadKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a target has to be written: the files of one workload, or those of all workloads together.
 *
 * @param workload whose folder the files stand in; null: they stand in the folder of all
 * @param files by their path in that folder, with {@code /}
 */
public record Artifact(@Nullable WorkloadKey workload, SortedMap<String, byte[]> files) {
    public Artifact {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
