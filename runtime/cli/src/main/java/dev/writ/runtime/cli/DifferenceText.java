package dev.writ.runtime.cli;

import dev.writ.compiler.analysis.Change;
import dev.writ.compiler.analysis.Change.Kind;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.proof.PolicyDifference;
import dev.writ.runtime.proof.PolicyDifference.Decision;
import dev.writ.runtime.proof.WitnessCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A difference for people: what falls open first, then each rule that causes something, with a witness. */
final class DifferenceText {
    private static final int WORDS = 18;

    private DifferenceText() {}

    static String of(PolicyDifference difference) {
        StringBuilder text = new StringBuilder();
        difference
                .transports()
                .forEach(transport -> text.append(transport.to())
                        .append(':')
                        .append(transport.port())
                        .append(transport.fallsOpen() ? ": falls open: " : ": ")
                        .append(transport.before())
                        .append(" → ")
                        .append(transport.after())
                        .append('\n'));
        difference
                .identities()
                .forEach(identity -> text.append(identity.workload())
                        .append(": SPIFFE ID ")
                        .append(orNone(identity.before()))
                        .append(" → ")
                        .append(orNone(identity.after()))
                        .append('\n'));
        if (!text.isEmpty()) {
            text.append('\n');
        }
        groups(difference.decisions()).forEach((cause, decisions) -> text.append(group(cause.orElse(null), decisions)));
        difference
                .open()
                .forEach(open -> text.append(open.workload())
                        .append(':')
                        .append(open.port())
                        .append(": unknown: ")
                        .append(open.reason())
                        .append('\n'));
        return text.append(closing(difference)).toString();
    }

    private static String orNone(@Nullable String id) {
        return id == null ? "none" : id;
    }

    /** By the rule that causes them. */
    static Map<Optional<Decided>, List<Decision>> groups(List<Decision> decisions) {
        Map<Optional<Decided>, List<Decision>> groups = new LinkedHashMap<>();
        decisions.forEach(decision -> groups.computeIfAbsent(
                        Optional.ofNullable(decision.change().cause()), cause -> new ArrayList<>())
                .add(decision));
        return groups;
    }

    private static String group(@Nullable Decided cause, List<Decision> decisions) {
        StringBuilder text = new StringBuilder(heading(cause)).append('\n');
        Map<Kind, List<Decision>> byKind = new LinkedHashMap<>();
        decisions.forEach(decision -> byKind.computeIfAbsent(decision.change().kind(), kind -> new ArrayList<>())
                .add(decision));
        byKind.forEach((kind, all) -> text.append(witness(kind, all)));
        return text.append('\n').toString();
    }

    static String heading(@Nullable Decided cause) {
        if (cause == null) {
            return "by how callers come in";
        }
        SourceSpan place = cause.place();
        return (place == null ? "" : place.place() + ": ") + "rule `" + cause.rule() + "`";
    }

    private static String witness(Kind kind, List<Decision> all) {
        Decision first = all.getFirst();
        Change change = first.change();
        String indent = " ".repeat(WORDS + 2);
        return "  " + sign(kind) + " " + padded(words(kind))
                + CallLine.of(WitnessCall.of(change.witness(), first.to(), first.port())) + " to " + first.to() + ":"
                + first.port() + (all.size() == 1 ? "" : " and " + Plural.of(all.size() - 1, "other inbound")) + "\n  "
                + indent + "before  " + verdict(change.before()) + "\n  " + indent + "after   "
                + verdict(change.after()) + "\n";
    }

    private static String padded(String words) {
        return words + " ".repeat(Math.max(1, WORDS - words.length()));
    }

    private static String sign(Kind kind) {
        return switch (kind) {
            case NEWLY_ALLOWED -> "+";
            case NEWLY_DENIED -> "-";
            case NEWLY_SHADOWED, NO_LONGER_SHADOWED, OTHER_RULE -> "~";
        };
    }

    static String words(Kind kind) {
        return switch (kind) {
            case NEWLY_ALLOWED -> "newly allowed";
            case NEWLY_DENIED -> "newly denied";
            case NEWLY_SHADOWED -> "newly shadowed";
            case NO_LONGER_SHADOWED -> "shadowed no more";
            case OTHER_RULE -> "by another rule";
        };
    }

    static String verdict(Outcome outcome) {
        Decided by = outcome.enforced();
        String decision =
                String.format(Locale.ROOT, "%-7s", by.decision().name().toLowerCase(Locale.ROOT));
        String reason = outcome.stage() == Stage.TLS
                ? "refused by TLS"
                : outcome.stage() == Stage.NONE ? "no rule is asked" : rule(by);
        return decision + "(" + reason + ")"
                + outcome.shadow()
                        .filter(shadow -> shadow.decision() == Outcome.Decision.DENY)
                        .map(shadow -> ", in the shadow denied (" + rule(shadow) + ")")
                        .orElse("");
    }

    private static String rule(Decided by) {
        SourceSpan place = by.place();
        if (place == null) {
            return "default".equals(by.rule()) || by.rule() == null ? "no rule matched" : String.valueOf(by.rule());
        }
        return place.file().name() + ":" + place.startPosition().line() + " `" + by.rule() + "`";
    }

    static String closing(PolicyDifference difference) {
        String assuming =
                difference.assumptions().isEmpty() ? "" : "; assuming " + String.join(", ", difference.assumptions());
        if (difference.isEquivalent().orElse(false)) {
            return "no difference, for every valid SPIFFE ID, server name, method and path" + assuming + "\n";
        }
        long causes = groups(difference.decisions()).keySet().stream()
                .filter(Optional::isPresent)
                .count();
        StringBuilder text = new StringBuilder(Plural.of((int) causes, "rule") + " changed: "
                + count(difference, Kind.NEWLY_ALLOWED) + " newly allowed, " + count(difference, Kind.NEWLY_DENIED)
                + " newly denied");
        for (Kind kind : List.of(Kind.NEWLY_SHADOWED, Kind.NO_LONGER_SHADOWED, Kind.OTHER_RULE)) {
            if (count(difference, kind) > 0) {
                text.append(", ").append(count(difference, kind)).append(' ').append(words(kind));
            }
        }
        return text.append(
                        difference.open().isEmpty()
                                ? ""
                                : ", " + difference.open().size() + " unknown")
                .append(assuming)
                .append('\n')
                .toString();
    }

    private static long count(PolicyDifference difference, Kind kind) {
        return difference.decisions().stream()
                .filter(decision -> decision.change().kind() == kind)
                .map(decision -> Optional.ofNullable(decision.change().cause()))
                .distinct()
                .count();
    }
}
