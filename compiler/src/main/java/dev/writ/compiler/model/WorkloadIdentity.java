package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.List;
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
     * @param further what else is wrong, where several things are
     */
    record Absent(@Nullable MeshIdentity by, Diagnostic finding, List<Diagnostic> further) implements WorkloadIdentity {
        public Absent {
            further = List.copyOf(further);
        }

        public Absent(@Nullable MeshIdentity by, Diagnostic finding) {
            this(by, finding, List.of());
        }
    }
}
