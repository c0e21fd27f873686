package dev.writ.compiler.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A service that a workload's proxy calls.
 *
 * @param service the MeshService and the port of it; null for an outbound by tags
 * @param tags of a legacy outbound; empty for the others
 */
public record Outbound(
        @Nullable String address, int port, @Nullable ServicePort service, SortedMap<String, String> tags) {

    /** @param port of the MeshService, not of the outbound */
    public record ServicePort(MeshService service, int port) {}

    public Outbound {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
}
