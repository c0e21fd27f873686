package dev.writ.compiler.model;

import dev.writ.compiler.syntax.Metadata;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One dataplane of a workload: as the sources show it, or as Kuma would make it of a pod or a pod template.
 *
 * @param address of its proxy; null where it is not known
 * @param settings what bears the annotations by which its pod is set up
 */
record DataplaneView(
        String mesh,
        SortedMap<String, String> labels,
        @Nullable String address,
        List<Inbound> inbounds,
        Metadata settings) {
    DataplaneView {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        inbounds = List.copyOf(inbounds);
    }
}
