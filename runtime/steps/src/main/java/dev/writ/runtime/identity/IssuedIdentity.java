package dev.writ.runtime.identity;

import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.spiffe.SpiffeId;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An SVID that was written.
 *
 * @param folder the workload's folder, in whose {@code secrets/} it stands
 */
public record IssuedIdentity(WorkloadKey workload, SpiffeId id, Instant notAfter, Path folder) {}
