package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.analysis.Change.Kind;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.proof.Newly;
import dev.writ.runtime.proof.PolicyDifference;
import dev.writ.runtime.proof.PolicyDifference.Decision;
import dev.writ.runtime.proof.PolicyDifference.Identity;
import dev.writ.runtime.proof.PolicyDifference.Transport;
import dev.writ.runtime.proof.WitnessCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A difference as SARIF 2.1.0: a result at the rule that causes it. */
final class DifferenceSarif {
    private DifferenceSarif() {}

    private static final String TRANSPORT = "diff.transport";
    private static final String IDENTITY = "diff.identity";
    private static final String UNKNOWN = "diff.unknown";

    static Map<String, @Nullable Object> of(PolicyDifference difference, String version) {
        List<Map<String, @Nullable Object>> rules = new ArrayList<>(List.of(
                rule(TRANSPORT, "an inbound takes callers in another way"),
                rule(IDENTITY, "a workload has another SPIFFE ID"),
                rule(UNKNOWN, "what could not be compared")));
        for (Kind kind : Kind.values()) {
            rules.add(rule(id(kind), DifferenceText.words(kind)));
        }
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        for (Transport transport : difference.transports()) {
            results.add(result(
                    TRANSPORT,
                    transport.fallsOpen() ? "error" : "note",
                    transport.to() + ":" + transport.port() + (transport.fallsOpen() ? ": falls open: " : ": ")
                            + transport.before() + " → " + transport.after(),
                    transport.place()));
        }
        for (Identity identity : difference.identities()) {
            results.add(result(
                    IDENTITY,
                    identity.newly() == Newly.ADDED ? "note" : "warning",
                    identity.workload() + ": SPIFFE ID " + DifferenceText.orNone(identity.before()) + " → "
                            + DifferenceText.orNone(identity.after()),
                    identity.place()));
        }
        difference.decisions().forEach(decision -> results.add(result(decision)));
        difference
                .open()
                .forEach(open -> results.add(result(
                        UNKNOWN,
                        "warning",
                        open.workload() + ":" + open.port() + ": unknown: " + open.reason(),
                        null)));
        Map<String, @Nullable Object> driver = Json.object("name", "writ", "version", version, "rules", rules);
        return Sarif.log(Json.object(
                "tool", Json.object("driver", driver), "columnKind", "unicodeCodePoints", "results", results));
    }

    private static Map<String, @Nullable Object> rule(String id, String words) {
        return Json.object("id", id, "shortDescription", Json.object("text", words));
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
        return result(
                id(change.kind()),
                change.kind() == Kind.NEWLY_ALLOWED ? "warning" : "note",
                text,
                change.cause() == null ? null : change.cause().place());
    }

    private static Map<String, @Nullable Object> result(
            String id, String level, String text, @Nullable SourceSpan place) {
        Map<String, @Nullable Object> result =
                Json.object("ruleId", id, "level", level, "message", Json.object("text", text));
        if (place != null) {
            result.put("locations", List.of(Json.object("physicalLocation", Sarif.physical(place))));
        }
        return result;
    }
}
