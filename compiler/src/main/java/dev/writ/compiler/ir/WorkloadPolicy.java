package dev.writ.compiler.ir;

import dev.writ.compiler.model.Workload;
import java.util.List;

/** The policies of a workload's inbounds, in their order. */
public record WorkloadPolicy(Workload workload, List<InboundPolicy> inbounds) {
    public WorkloadPolicy {
        inbounds = List.copyOf(inbounds);
    }
}
