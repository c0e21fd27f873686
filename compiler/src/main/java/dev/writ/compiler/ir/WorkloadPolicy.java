package dev.writ.compiler.ir;

import dev.writ.compiler.model.Workload;
import java.util.List;
import java.util.TreeSet;

/** The policies of a workload's inbounds, in their order. */
public record WorkloadPolicy(Workload workload, List<InboundPolicy> inbounds) {
    public WorkloadPolicy {
        inbounds = List.copyOf(inbounds);
    }

    /** The trust domains that its inbounds trust; where an agent at its side brings the bundles, it knows these. */
    public List<String> trustDomains() {
        TreeSet<String> trustDomains = new TreeSet<>();
        for (InboundPolicy inbound : inbounds) {
            switch (inbound.admission()) {
                case Admission.MutualTls tls -> trustDomains.addAll(tls.trustDomains());
                case Admission.Permissive permissive ->
                    trustDomains.addAll(permissive.mutual().trustDomains());
                case Admission.Plaintext plaintext -> {}
                case Admission.Undecidable undecidable -> {}
            }
        }
        return List.copyOf(trustDomains);
    }
}
