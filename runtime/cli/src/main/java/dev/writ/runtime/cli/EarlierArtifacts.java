package dev.writ.runtime.cli;

import dev.writ.compiler.envoy.Artifact;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What {@code writ watch compile} has written. */
final class EarlierArtifacts {
    private List<Artifact> known = List.of();

    /** Whether these are the same ones. */
    boolean isSame(List<Artifact> now) {
        return now.size() == known.size() && now.stream().noneMatch(this::isChanged);
    }

    /** Whether a workload's config is another one; what is written for all together always is. */
    boolean isChanged(Workload workload, List<Artifact> now) {
        return now.stream()
                .filter(artifact ->
                        artifact.workload() == null || workload.key().equals(artifact.workload()))
                .anyMatch(this::isChanged);
    }

    void replace(List<Artifact> now) {
        known = now;
    }

    private boolean isChanged(Artifact artifact) {
        @Nullable WorkloadKey workload = artifact.workload();
        return known.stream()
                .noneMatch(before ->
                        Objects.equals(before.workload(), workload) && same(before.files(), artifact.files()));
    }

    private static boolean same(SortedMap<String, byte[]> one, SortedMap<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), other.get(file.getKey())));
    }
}
