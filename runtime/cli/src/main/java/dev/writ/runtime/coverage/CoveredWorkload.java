package dev.writ.runtime.coverage;

import dev.writ.compiler.model.WorkloadKey;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether calls were made from and to a workload.
 *
 * @param name the shortest that tells it from the others
 * @param spiffeId empty for one without an identity, which nothing tells from others as a caller
 * @param calling by calls with its SPIFFE ID, which several workloads may share
 * @param called by calls to its inbounds, by port, of whose verdict a judge was sure
 */
public record CoveredWorkload(
        WorkloadKey key, String name, Optional<String> spiffeId, Tried calling, NavigableMap<Integer, Tried> called) {
    public CoveredWorkload {
        called = Collections.unmodifiableNavigableMap(new TreeMap<>(called));
    }
}
