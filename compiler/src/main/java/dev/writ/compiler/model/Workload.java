package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is deployed once under one name and has one identity: a controller with its pods, or a dataplane.
 *
 * @param labels the labels of its dataplanes, as Kuma computes them: those policies and identities select by
 * @param address of its proxy; null where the sources do not say
 * @param outbounds what its proxy calls, where the sources say
 * @param tls what MeshTLS comes to, for each inbound in their order; empty: for none of them anything
 * @param doubts why verdicts about it cannot be trusted; empty for most
 */
public record Workload(
        WorkloadKey key,
        SourceSpan span,
        SortedMap<String, String> labels,
        List<Inbound> inbounds,
        WorkloadIdentity identity,
        @Nullable String address,
        List<Outbound> outbounds,
        List<TlsPolicy> tls,
        List<Doubt> doubts) {

    /**
     * Something that can change identity, TLS, permission or interception and that Writ does not model.
     *
     * @param port the only port it is about; 0 for all of them
     * @param passesBy whether it lets calls reach the application without the proxy: such calls no verdict is about
     */
    public record Doubt(String reason, SourceSpan span, int port, boolean passesBy) {

        /** One about calls that do reach the proxy. */
        public Doubt(String reason, SourceSpan span, int port) {
            this(reason, span, port, false);
        }
    }

    public Workload {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        inbounds = List.copyOf(inbounds);
        outbounds = List.copyOf(outbounds);
        tls = List.copyOf(tls);
        doubts = List.copyOf(doubts);
    }

    /** One of which only the inbounds are known. */
    public Workload(
            WorkloadKey key,
            SourceSpan span,
            SortedMap<String, String> labels,
            List<Inbound> inbounds,
            WorkloadIdentity identity,
            List<Doubt> doubts) {
        this(key, span, labels, inbounds, identity, null, List.of(), List.of(), doubts);
    }

    /** What MeshTLS says of an inbound. */
    public TlsPolicy tlsOf(Inbound inbound) {
        return tls.isEmpty() ? TlsPolicy.NONE : tls.get(inbounds.indexOf(inbound));
    }

    /** Whether Kuma runs it outside Kubernetes. */
    public boolean isUniversal() {
        return "universal".equals(labels.get(KumaLabels.ENVIRONMENT));
    }
}
