package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.Change.Kind;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.analysis.Witness;
import dev.writ.runtime.proof.PolicyDifference;
import dev.writ.runtime.proof.PolicyDifference.Decision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A difference as {@code diff --format json} prints it: the fixed keys of the contract, and more. */
final class DifferenceJson {
    private DifferenceJson() {}

    static Map<String, @Nullable Object> of(PolicyDifference difference) {
        return Json.object(
                "equivalent", difference.isEquivalent().orElse(null),
                "assuming", DifferenceText.assuming(difference),
                "newlyAllowed", decisions(difference, Kind.NEWLY_ALLOWED),
                "newlyDenied", decisions(difference, Kind.NEWLY_DENIED),
                "newlyShadowed", decisions(difference, Kind.NEWLY_SHADOWED),
                "noLongerShadowed", decisions(difference, Kind.NO_LONGER_SHADOWED),
                "otherRule", decisions(difference, Kind.OTHER_RULE),
                "transport",
                        difference.transports().stream()
                                .map(transport -> Json.object(
                                        "to",
                                        transport.to() + ":" + transport.port(),
                                        "before",
                                        transport.before(),
                                        "after",
                                        transport.after(),
                                        "fallsOpen",
                                        transport.fallsOpen()))
                                .toList(),
                "identities",
                        difference.identities().stream()
                                .map(identity -> Json.object(
                                        "workload",
                                        identity.workload().toString(),
                                        "before",
                                        identity.before(),
                                        "after",
                                        identity.after()))
                                .toList(),
                "unknown",
                        difference.open().stream()
                                .map(open ->
                                        Json.object("to", open.workload() + ":" + open.port(), "reason", open.reason()))
                                .toList());
    }

    private static List<Map<String, @Nullable Object>> decisions(PolicyDifference difference, Kind kind) {
        return difference.decisions().stream()
                .filter(decision -> decision.change().kind() == kind)
                .map(DifferenceJson::decision)
                .toList();
    }

    private static Map<String, @Nullable Object> decision(Decision decision) {
        Witness witness = decision.change().witness();
        Decided cause = decision.change().cause();
        return Json.object(
                "to", decision.to() + ":" + decision.port(),
                "from", caller(witness),
                "method", witness.method(),
                "path", witness.path(),
                "sni", witness.serverName(),
                "before", outcome(decision.change().before()),
                "after", outcome(decision.change().after()),
                "cause", cause == null ? null : cause.rule(),
                "edit", edit(decision),
                "location", cause == null ? null : DiagnosticJson.location(cause.place()));
    }

    /** What has become of the rule; null where it stands as before. */
    private static @Nullable String edit(Decision decision) {
        String words = RuleEditWords.of(decision.change().edit());
        return words.isEmpty() ? null : words;
    }

    private static Object caller(Witness witness) {
        return switch (witness.transport()) {
            case CERTIFICATE ->
                witness.uriSans().size() == 1
                        ? witness.uriSans().getFirst()
                        : Json.object("uriSans", witness.uriSans());
            case ANONYMOUS -> "anonymous";
            case PLAINTEXT -> "plaintext";
        };
    }

    private static Map<String, @Nullable Object> outcome(Outcome outcome) {
        return Json.object(
                "decision", outcome.enforced().decision().name().toLowerCase(Locale.ROOT),
                "rule", outcome.stage() == Stage.RBAC ? outcome.enforced().rule() : null,
                "stage", outcome.stage().name().toLowerCase(Locale.ROOT),
                "shadow",
                        outcome.shadow()
                                .map(shadow -> shadow.decision().name().toLowerCase(Locale.ROOT))
                                .orElse(null));
    }
}
