package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is deployed once under one name and has one identity: a controller with its pods, or a dataplane.
 *
 * @param labels the labels of its dataplanes, as Kuma computes them: those policies and identities select by
 * @param doubts why verdicts about it cannot be trusted; empty for most
 */
public record Workload(
        WorkloadKey key,
        SourceSpan span,
        SortedMap<String, String> labels,
        List<Inbound> inbounds,
        WorkloadIdentity identity,
        List<Doubt> doubts) {

    /**
     * Something that can change identity, TLS, permission or interception and that Writ does not model.
     *
     * @param port the only port it is about; 0 for all of them
     */
    public record Doubt(String reason, SourceSpan span, int port) {}

    public Workload {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        inbounds = List.copyOf(inbounds);
        doubts = List.copyOf(doubts);
    }
}
