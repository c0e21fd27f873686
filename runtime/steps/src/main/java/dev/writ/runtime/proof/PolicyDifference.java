package dev.writ.runtime.proof;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.analysis.Universe;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two versions of a policy. Each witness has been put to the judges of both.
 *
 * @param transports those that fall open first
 * @param open what could not be compared
 * @param assumptions what is taken for granted, beside the universe
 * @param identitiesUntold whether a version does not say who has which SPIFFE ID
 */
public record PolicyDifference(
        Universe universe,
        List<Decision> decisions,
        List<Transport> transports,
        List<Identity> identities,
        List<TranslationProof.Open> open,
        List<String> assumptions,
        boolean identitiesUntold) {

    public PolicyDifference {
        decisions = List.copyOf(decisions);
        List<Transport> sorted = new ArrayList<>(transports);
        sorted.sort((one, other) -> Boolean.compare(other.fallsOpen(), one.fallsOpen()));
        transports = List.copyOf(sorted);
        identities = List.copyOf(identities);
        open = List.copyOf(open);
        assumptions = List.copyOf(assumptions);
    }

    /** Calls to an inbound that are decided differently. */
    public record Decision(WorkloadKey to, int port, Change change) {
        public Newly newly() {
            return switch (change.kind()) {
                case NEWLY_ALLOWED -> Newly.ALLOWED;
                case NEWLY_DENIED -> Newly.DENIED;
                case NEWLY_SHADOWED, NO_LONGER_SHADOWED -> Newly.SHADOWED;
                case OTHER_RULE -> Newly.OTHER;
            };
        }
    }

    /**
     * An inbound that takes callers in another way: {@code plaintext}, {@code permissive}, {@code mtls}, {@code unknown}; or
     * {@code absent} where there is none.
     */
    public record Transport(
            WorkloadKey to,
            int port,
            String before,
            String after,
            @Nullable SourceSpan place) {
        static final String ABSENT = "absent";

        /** Whether what was refused before is let in now without a rule. */
        public boolean fallsOpen() {
            return !before.equals("plaintext") && isOpen(after);
        }

        private static boolean isOpen(String transport) {
            return transport.equals("plaintext") || transport.equals("permissive");
        }

        public Newly newly() {
            if (fallsOpen()) {
                return Newly.ALLOWED;
            }
            if (before.equals("unknown") || after.equals("unknown")) {
                return Newly.OTHER;
            }
            return before.equals(ABSENT) ? Newly.ADDED : Newly.DENIED;
        }
    }

    /**
     * A workload that gains, loses or changes its SPIFFE ID; null for none.
     *
     * @param isGone whether the workload itself is
     */
    public record Identity(
            WorkloadKey workload,
            @Nullable String before,
            @Nullable String after,
            boolean isGone,
            @Nullable SourceSpan place) {
        public Newly newly() {
            return isGone ? Newly.DENIED : before == null ? Newly.ADDED : Newly.IDENTITY;
        }
    }

    /** Of sources, for every valid SPIFFE ID. */
    public static PolicyDifference between(Compilation before, Compilation after, boolean byRule) {
        return between(
                new PolicyVersion.OfSources(before), new PolicyVersion.OfSources(after), byRule, Universe.VALID_IDS);
    }

    /** @param byRule whether it counts that another rule decides */
    public static PolicyDifference between(
            PolicyVersion before, PolicyVersion after, boolean byRule, Universe universe) {
        return new VersionComparison(before, after, byRule, universe).difference();
    }

    /** All that it brings; unknown things bring something else. */
    public Stream<Newly> newly() {
        return Stream.of(
                        transports.stream().map(Transport::newly),
                        identities.stream().map(Identity::newly),
                        decisions.stream().map(Decision::newly),
                        open.stream().map(one -> Newly.OTHER))
                .flatMap(all -> all);
    }

    /** Whether nothing is different; not known where something could not be compared. */
    public Optional<Boolean> isEquivalent() {
        if (!decisions.isEmpty() || !transports.isEmpty() || !identities.isEmpty()) {
            return Optional.of(false);
        }
        return open.isEmpty() ? Optional.of(true) : Optional.empty();
    }
}
