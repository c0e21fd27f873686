package dev.writ.runtime.access;

import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadKey;

/**
 * An inbound that is called.
 *
 * @param group of all inbounds that decide alike
 */
public record CalledInbound(Workload workload, InboundPolicy policy, AccessGroup group) {

    public WorkloadKey key() {
        return workload.key();
    }

    public int port() {
        return policy.inbound().port();
    }

    /** {@code namespace/name:port}. */
    public String name() {
        return key().shortName() + ":" + port();
    }
}
