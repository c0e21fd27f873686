package dev.writ.runtime.proof;

import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Judge;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A workload in one version of a policy.
 *
 * @param name by which the other version knows it
 * @param id its SPIFFE ID; null for none
 * @param tellsIdentity whether the version says which SPIFFE ID it has
 * @param place where it is declared; null for one that is known from its config alone
 * @param judges of calls to it
 */
record VersionedWorkload(
        WorkloadKey key,
        String name,
        @Nullable String id,
        boolean tellsIdentity,
        @Nullable SourceSpan place,
        SortedMap<Integer, VersionedInbound> inbounds,
        Supplier<List<Judge>> judges) {}
