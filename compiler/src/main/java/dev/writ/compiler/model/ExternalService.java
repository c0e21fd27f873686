package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;

/**
 * Something outside the mesh that workloads call through zone egress, which is where permissions on it are enforced: no inbound of the
 * mesh decides such calls.
 *
 * @param kind {@code MeshExternalService} or the older {@code ExternalService}
 */
public record ExternalService(String kind, String name, SourceSpan span) {}
