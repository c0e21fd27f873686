package dev.writ.compiler.ir;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.ir.Admission.Undecidable;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.Workload.Doubt;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reasons for which no target's calls can be decided. */
final class Undecided {
    private Undecided() {}

    /** What Writ does not model about this inbound. */
    static Optional<Admission> doubtful(Workload workload, Inbound inbound) {
        for (Doubt doubt : workload.doubts()) {
            if (doubt.port() == 0 || doubt.port() == inbound.port()) {
                return Optional.of(of(
                        workload,
                        doubt.span(),
                        "nothing certain can be said of calls to `" + workload.key() + "`: " + doubt.reason(),
                        null));
            }
        }
        return Optional.empty();
    }

    /**
     * A match without a condition: the listener that Kuma makes of it is refused by Envoy, which keeps the one it has. No policy
     * change reaches the proxy as long as the match is there.
     */
    static Admission emptyMatch(Workload workload, Permission.Rule match) {
        return new Undecidable(Diagnostic.of(
                        DiagnosticId.PERMISSION_EMPTY_MATCH,
                        match.span(),
                        "a match without a condition: Envoy refuses the listener made of it, so that `" + workload.key()
                                + "` keeps the policy it has",
                        "name the callers, or take the match out: until then no change of policy reaches the proxy")
                .withRelated(workload.span(), "this workload"));
    }

    /** Kuma's algebra of tags makes an exponential number of rules of many tags. */
    static Admission manyTags(Workload workload, List<Permission> permissions) {
        Permission first = permissions.stream()
                .filter(permission -> !permission.from().isEmpty())
                .findFirst()
                .orElseThrow();
        return of(
                workload,
                first.from().getFirst().span(),
                "the `from` of the permissions of `" + workload.key()
                        + "` name so many tags together that Kuma makes more than "
                        + String.format(Locale.ROOT, "%,d", LegacyRules.MAX_RULES) + " rules of them",
                "write `rules` with SPIFFE IDs, or fewer tags");
    }

    /** A finding of {@code target.unsupported} about the workload, underlined at the cause. */
    static Admission of(Workload workload, @Nullable SourceSpan cause, String message, @Nullable String help) {
        SourceSpan place = cause == null ? workload.span() : cause;
        Diagnostic finding = help == null
                ? Diagnostic.of(DiagnosticId.TARGET_UNSUPPORTED, place, message)
                : Diagnostic.of(DiagnosticId.TARGET_UNSUPPORTED, place, message, help);
        return new Undecidable(
                place.equals(workload.span()) ? finding : finding.withRelated(workload.span(), "this workload"));
    }
}
