package dev.writ.runtime.proof;

import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;

/** What would allow a call that is denied. */
public sealed interface Remedy {

    /** What a permission is written in. */
    enum Language {
        KUMA,
        WRIT
    }

    /**
     * A permission beside those that there are: with it the call was judged again, and allowed.
     *
     * @param rule what it allows: an entry of {@code rules} or {@code from}, or a rule of Writ
     * @param resource all of it, ready to be applied
     * @param language that of the sources
     * @param admits the workloads that it lets in
     * @param callees where it lets in anybody, if that is not the callee alone
     * @param raw whether it also admits names that only begin alike
     */
    record Permission(
            String rule,
            String resource,
            Language language,
            List<WorkloadKey> admits,
            List<WorkloadKey> callees,
            boolean raw)
            implements Remedy {
        public Permission {
            admits = List.copyOf(admits);
            callees = List.copyOf(callees);
        }
    }

    /**
     * Denies that must go: an allow was tried, and does not override them.
     *
     * @param thenAllow whether an allow is needed once they are gone
     * @param orEarlierAllow whether an allow would help in a rule that is asked before them, as Kuma does up to 2.13
     */
    record WithoutDenies(List<SourceSpan> denies, boolean thenAllow, boolean orEarlierAllow) implements Remedy {
        public WithoutDenies {
            denies = List.copyOf(denies);
        }
    }

    /** Something that the caller must have to get as far as the rules. */
    record Credentials(String missing) implements Remedy {}
}
