package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workloads as Writ selects them: {@code workloads in namespace "shop" where app = "kv"}, or one by its name, {@code workload
 * shop/kv}. All that is said must hold.
 *
 * @param workload {@code namespace/name}; null where they are selected by what they have in common
 * @param namespace null for any
 * @param labels those that they have, with these values
 * @param meshes whose they are; empty: the permission's own
 * @param zones where they run; empty: all of which something is known
 */
public record SelectionSyntax(
        @Nullable Located<String> workload,
        @Nullable SourceText namespace,
        Map<String, SourceText> labels,
        List<Located<String>> meshes,
        List<Located<String>> zones,
        SourceSpan span) {
    public SelectionSyntax {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        meshes = List.copyOf(meshes);
        zones = List.copyOf(zones);
    }
}
