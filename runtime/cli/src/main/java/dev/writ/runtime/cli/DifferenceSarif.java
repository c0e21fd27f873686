package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.analysis.Change.Kind;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.proof.PolicyDifference;
import dev.writ.runtime.proof.PolicyDifference.Decision;
import dev.writ.runtime.proof.WitnessCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A difference as SARIF 2.1.0: a result at the rule that causes it. */
final class DifferenceSarif {
    private DifferenceSarif() {}

    static Map<String, @Nullable Object> of(PolicyDifference difference, String version) {
        List<Kind> kinds = List.of(Kind.values());
        Map<String, @Nullable Object> driver = Json.object(
                "name",
                "writ",
                "version",
                version,
                "rules",
                kinds.stream()
                        .map(kind -> Json.object(
                                "id", id(kind), "shortDescription", Json.object("text", DifferenceText.words(kind))))
                        .toList());
        return Sarif.log(Json.object(
                "tool", Json.object("driver", driver),
                "columnKind", "unicodeCodePoints",
                "results",
                        difference.decisions().stream()
                                .map(DifferenceSarif::result)
                                .toList()));
    }

    private static String id(Kind kind) {
        return "diff." + DifferenceText.words(kind).replace(' ', '-');
    }

    private static Map<String, @Nullable Object> result(Decision decision) {
        Change change = decision.change();
        String text = DifferenceText.words(change.kind()) + " "
                + CallLine.of(WitnessCall.of(change.witness(), decision.to(), decision.port())) + " to " + decision.to()
                + ":" + decision.port() + "\nbefore " + DifferenceText.verdict(change.before()) + "\nafter "
                + DifferenceText.verdict(change.after());
        Map<String, @Nullable Object> result = Json.object(
                "ruleId", id(change.kind()),
                "ruleIndex", List.of(Kind.values()).indexOf(change.kind()),
                "level", change.kind() == Kind.NEWLY_ALLOWED ? "warning" : "note",
                "message", Json.object("text", text));
        SourceSpan place = change.cause() == null ? null : change.cause().place();
        if (place != null) {
            result.put("locations", List.of(Json.object("physicalLocation", Sarif.physical(place))));
        }
        return result;
    }
}
