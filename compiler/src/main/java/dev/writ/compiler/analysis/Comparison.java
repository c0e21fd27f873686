package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Change.Kind;
import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.analysis.Witness.Transport;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two policies of an inbound as two functions of one diagram, and for each rule that makes a difference a call that shows it: by an
 * identity that there is, else by one that looks like those, else by the least one.
 */
final class Comparison {
    private final InboundPolicy before;
    private final InboundPolicy after;
    private final boolean byRule;
    private final List<String> inventory;
    private final Map<Decided, Key> rulesBefore = new HashMap<>();
    private final Map<Decided, Key> rulesAfter = new HashMap<>();
    private final Set<Key> keysBefore = new HashSet<>();
    private final Set<Key> keysAfter = new HashSet<>();
    private final Map<Group, Change> changes = new LinkedHashMap<>();

    /** What a rule is, wherever it stands. */
    private record Key(Object action, Object principal, Object conditions) {}

    private record Group(Kind kind, @Nullable Decided cause) {}

    /**
     * @param byRule whether it counts that another rule decides
     * @param inventory the SPIFFE IDs that there are
     */
    Comparison(InboundPolicy before, InboundPolicy after, boolean byRule, List<String> inventory) {
        this.before = before;
        this.after = after;
        this.byRule = byRule;
        this.inventory = inventory;
        index(before, rulesBefore);
        index(after, rulesAfter);
        keysBefore.addAll(rulesBefore.values());
        keysAfter.addAll(rulesAfter.values());
    }

    private static void index(InboundPolicy policy, Map<Decided, Key> rules) {
        Stream.concat(Stream.of(policy.enforced()), policy.shadow().stream())
                .flatMap(list -> list.rules().stream())
                .forEach(rule -> Stream.of(Outcome.Decision.values())
                        .forEach(decision -> rules.put(RuleDiagram.Naming.asWritten(rule, decision), key(rule))));
    }

    private static Key key(Rule rule) {
        return new Key(rule.action(), rule.principal(), rule.conditions());
    }

    Difference difference() {
        try {
            compare(Callers.WELL_FORMED);
        } catch (Unanswerable open) {
            return new Difference.Unknown(open.reason());
        }
        return new Difference.Known(
                changes.values().stream()
                        .sorted(Comparator.comparing(Change::kind))
                        .toList(),
                Universe.VALID_IDS,
                assumptions());
    }

    private void compare(Callers callers) {
        Diagram diagram = new Diagram(Diagram.BUDGET);
        Node first = node(diagram, callers, before);
        Node second = node(diagram, callers, after);
        Relabel summary = Relabel.values(diagram, value -> summary((Outcome) value));
        if (summary.of(first) == summary.of(second)) {
            return;
        }
        // Who needs no certificate comes first: that is how an inbound falls open.
        add(new Witness(Transport.PLAINTEXT, List.of(), null, null, null), diagram, first, second);
        List<Witness> known = new ArrayList<>();
        inventory.forEach(id -> known.add(Witness.of(id)));
        Neighbours.of(inventory, before, after).forEach(id -> known.add(Witness.of(id)));
        for (Witness call : known) {
            if (Lookup.halfOf(call.uriSans().getFirst()) == callers) {
                add(call, diagram, first, second);
            }
        }
        DifferenceWalk.walk(first, second, (one, other) -> !summary(one).equals(summary(other)), region -> {
            Witness call = Example.of(diagram, callers, region)
                    .orElseThrow(() -> new Unanswerable("a difference of which no call could be made"));
            add(call, diagram, first, second);
            return true;
        });
    }

    private static Node node(Diagram diagram, Callers callers, InboundPolicy policy) {
        return new ModelDiagram(diagram, callers, Certificates.ONE_URI_SAN, RuleDiagram.Naming::asWritten).of(policy);
    }

    /** What of an outcome counts. */
    private Object summary(Object value) {
        Outcome outcome = (Outcome) value;
        String rule = byRule ? String.valueOf(outcome.enforced().rule()) : "";
        return List.of(outcome.isAllowed(), outcome.isShadowed(), rule);
    }

    /** The first call of a group stays. */
    private void add(Witness call, Diagram diagram, Node first, Node second) {
        Lookup lookup = new Lookup(diagram, call);
        Outcome one = (Outcome) lookup.in(first);
        Outcome other = (Outcome) lookup.in(second);
        if (summary(one).equals(summary(other))) {
            return;
        }
        Kind kind = kind(one, other);
        Decided cause = kind == Kind.NEWLY_SHADOWED || kind == Kind.NO_LONGER_SHADOWED
                ? cause(one.shadow().orElse(null), other.shadow().orElse(null))
                : cause(one.enforced(), other.enforced());
        boolean isTransport = one.stage() != Stage.RBAC || other.stage() != Stage.RBAC;
        Decided shown = isTransport ? null : cause;
        changes.putIfAbsent(new Group(kind, shown), new Change(kind, shown, call, one, other));
    }

    private static Kind kind(Outcome one, Outcome other) {
        if (one.isAllowed() != other.isAllowed()) {
            return other.isAllowed() ? Kind.NEWLY_ALLOWED : Kind.NEWLY_DENIED;
        }
        if (one.isShadowed() != other.isShadowed()) {
            return other.isShadowed() ? Kind.NEWLY_SHADOWED : Kind.NO_LONGER_SHADOWED;
        }
        return Kind.OTHER_RULE;
    }

    /** The deciding rule that the other policy does not have; if it has both, the one that decides now. */
    private @Nullable Decided cause(@Nullable Decided one, @Nullable Decided other) {
        Key now = other == null ? null : rulesAfter.get(other);
        Key then = one == null ? null : rulesBefore.get(one);
        if (now != null && !keysBefore.contains(now)) {
            return other;
        }
        if (then != null && !keysAfter.contains(then)) {
            return one;
        }
        return now != null ? other : then != null ? one : null;
    }

    private List<String> assumptions() {
        return Stream.of(before, after)
                .flatMap(policy -> Assumptions.of(policy, Certificates.ONE_URI_SAN).stream())
                .distinct()
                .toList();
    }
}
