package dev.writ.runtime.access;

import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.runtime.judge.CallResolver;
import dev.writ.runtime.judge.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls: a workload with what it has, or a caller that no workload is.
 *
 * @param workload null for one from outside
 * @param caller what a callee's proxy sees; null where that cannot be said
 */
public record CallingWorkload(
        @Nullable Workload workload, @Nullable Caller caller) {

    static CallingWorkload of(Workload workload, CallResolver resolver) {
        return new CallingWorkload(workload, resolver.callerOf(workload).orElse(null));
    }

    /** {@code namespace/name}; of one from outside its SPIFFE ID. */
    public String name() {
        return workload == null ? String.valueOf(spiffeId()) : workload.key().shortName();
    }

    /** Empty outside Kubernetes, and of one from outside. */
    public String namespace() {
        String namespace = workload == null ? null : workload.key().namespace();
        return namespace == null ? "" : namespace;
    }

    /** The first URI SAN of its certificate; null if it has none. */
    public @Nullable String spiffeId() {
        return caller instanceof Caller.Certificate certificate
                ? certificate.uriSans().getFirst()
                : null;
    }

    /** Why nothing can be said of its calls. */
    public String reason() {
        return workload != null && workload.identity() instanceof WorkloadIdentity.Absent absent
                ? "the caller has no SPIFFE ID: " + absent.finding().message()
                : "the caller has no SPIFFE ID";
    }
}
