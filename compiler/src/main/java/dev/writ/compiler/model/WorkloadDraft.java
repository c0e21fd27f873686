package dev.writ.compiler.model;

import dev.writ.compiler.model.Workload.Doubt;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource.DataplaneOutbound;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workload before its identity is known.
 *
 * @param labels those that all its dataplanes have
 * @param varying the labels its dataplanes differ in, with the values they have
 * @param withoutSpire what keeps the socket of the SPIRE agent from its pods; null where nothing does
 * @param address of its proxy; null where it is not known, or they have several
 * @param arePodsNamed whether the sources name each of its pods; a manifest of a controller does not
 */
record WorkloadDraft(
        WorkloadKey key,
        SourceSpan span,
        SortedMap<String, String> labels,
        SortedMap<String, SortedSet<String>> varying,
        boolean arePodsNamed,
        @Nullable SourceSpan withoutSpire,
        @Nullable String address,
        List<Inbound> inbounds,
        List<DataplaneOutbound> outbounds,
        List<Doubt> doubts) {
    WorkloadDraft {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        varying = Collections.unmodifiableSortedMap(new TreeMap<>(varying));
        inbounds = List.copyOf(inbounds);
        outbounds = List.copyOf(outbounds);
        doubts = List.copyOf(doubts);
    }
}
