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

    private final PolicyDifference difference;
    private final Cures cures;

    DifferenceText(PolicyDifference difference, Cures cures) {
        this.difference = difference;
        this.cures = cures;
    }

    String text() {
        return body() + closing();
    }

    /** All but the closing line. */
    String body() {
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
        Map<String, List<Decision>> byHeading = new LinkedHashMap<>();
        for (Decision decision : difference.decisions()) {
            byHeading
                    .computeIfAbsent(heading(decision.change()), heading -> new ArrayList<>())
                    .add(decision);
        }
        byHeading.forEach((heading, decisions) -> text.append(group(heading, decisions)));
        difference
                .open()
                .forEach(open -> text.append(open.workload())
                        .append(':')
                        .append(open.port())
                        .append(": unknown: ")
                        .append(open.reason())
                        .append('\n'));
        if (difference.identitiesUntold()) {
            text.append("SPIFFE IDs are not compared: a folder of configs does not say which workload has which\n");
        }
        return text.toString();
    }

    static String orNone(@Nullable String id) {
        return id == null ? "none" : id;
    }

    private String group(String heading, List<Decision> decisions) {
        Decided cause = decisions.getFirst().change().cause();
        StringBuilder text = new StringBuilder(heading).append('\n');
        Map<Kind, List<Decision>> byKind = new LinkedHashMap<>();
        decisions.forEach(decision -> byKind.computeIfAbsent(decision.change().kind(), kind -> new ArrayList<>())
                .add(decision));
        byKind.forEach((kind, all) -> text.append(witness(kind, all)));
        if (byKind.containsKey(Kind.NEWLY_ALLOWED) && cause != null) {
            cures.of(cause.place())
                    .ifPresent(cure -> text.append("  = help: ").append(cure).append('\n'));
        }
        return text.append('\n').toString();
    }

    private static String heading(Change change) {
        Decided cause = change.cause();
        if (cause == null) {
            boolean isByRules =
                    change.before().stage() == Stage.RBAC && change.after().stage() == Stage.RBAC;
            return isByRules ? "where no rule matches" : "by how callers come in";
        }
        SourceSpan place = cause.place();
        String edit = RuleEditWords.of(change.edit());
        return (place == null ? "" : place.place() + ": ") + "rule `" + cause.rule() + "`"
                + (edit.isEmpty() ? "" : ": " + edit);
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
        return baseName(place.file().name()) + ":" + place.startPosition().line() + " `" + by.rule() + "`";
    }

    private static String baseName(String file) {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf(':')) + 1);
    }

    String closing() {
        if (difference.isEquivalent().orElse(false)) {
            String assuming = difference.assumptions().isEmpty()
                    ? ""
                    : "; assuming " + String.join(", ", difference.assumptions());
            return "no difference, for " + difference.universe() + ", server name, method and path" + assuming + "\n";
        }
        long causes = difference.decisions().stream()
                .map(decision -> decision.change().cause())
                .filter(cause -> cause != null)
                .distinct()
                .count();
        StringBuilder text = new StringBuilder(Plural.of((int) causes, "rule") + " changed: "
                + count(Kind.NEWLY_ALLOWED) + " newly allowed, " + count(Kind.NEWLY_DENIED) + " newly denied");
        for (Kind kind : List.of(Kind.NEWLY_SHADOWED, Kind.NO_LONGER_SHADOWED, Kind.OTHER_RULE)) {
            if (count(kind) > 0) {
                text.append(", ").append(count(kind)).append(' ').append(words(kind));
            }
        }
        long falling = difference.transports().stream()
                .filter(PolicyDifference.Transport::fallsOpen)
                .count();
        text.append(falling == 0 ? "" : ", " + Plural.of((int) falling, "inbound") + " open without mTLS");
        text.append(difference.open().isEmpty() ? "" : ", " + difference.open().size() + " unknown");
        return text.append("; assuming ")
                .append(String.join(", ", assuming(difference)))
                .append('\n')
                .toString();
    }

    /** What is taken for granted, the universe among it. */
    static List<String> assuming(PolicyDifference difference) {
        List<String> assuming = new ArrayList<>(difference.assumptions());
        assuming.add(difference.universe().assumption());
        return assuming;
    }

    private long count(Kind kind) {
        return difference.decisions().stream()
                .filter(decision -> decision.change().kind() == kind)
                .map(decision -> Optional.ofNullable(decision.change().cause()))
                .distinct()
                .count();
    }
}
