package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.spiffe.SpiffeId;
import org.jspecify.annotations.Nullable;

/** The identity a workload gets, or why it gets none. */
public sealed interface WorkloadIdentity {

    /** The MeshIdentity that selects it; null if none does. */
    @Nullable
    MeshIdentity by();

    /** It is issued this SPIFFE ID. */
    record Issued(MeshIdentity by, SpiffeId id) implements WorkloadIdentity {}

    /**
     * It is issued none.
     *
     * @param finding what says so, underlined where the cause is: a template's variable, the provider, the workload
     */
    record Absent(@Nullable MeshIdentity by, Diagnostic finding) implements WorkloadIdentity {}
}
