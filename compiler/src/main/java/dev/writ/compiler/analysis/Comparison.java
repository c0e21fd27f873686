package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Change.Kind;
import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.analysis.Witness.Transport;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two sides as two functions of one diagram, and for each rule that makes a difference a call that shows it: by an identity that there
 * is, else by one that a template can issue, else by one that looks like those, else by the shortest.
 */
final class Comparison {
    private final Side before;
    private final Side after;
    private final boolean byRule;
    private final Universe universe;
    private final KnownCallers known;
    private final Map<Decided, Rule> rulesBefore;
    private final Map<Decided, Rule> rulesAfter;
    private final RuleEdits edits;
    private final Map<Group, Change> changes = new LinkedHashMap<>();

    private record Group(Kind kind, @Nullable Decided cause) {}

    Comparison(Side before, Side after, boolean byRule, Universe universe, KnownCallers known) {
        this.before = before;
        this.after = after;
        this.byRule = byRule;
        this.universe = universe;
        this.known = known;
        this.rulesBefore = before.byName();
        this.rulesAfter = after.byName();
        // Of a config there are no rules to say which of them is new.
        boolean areRulesKnown = before instanceof Side.Written && after instanceof Side.Written;
        this.edits = areRulesKnown
                ? RuleEdits.between(before.rules(), after.rules())
                : RuleEdits.between(List.of(), List.of());
    }

    Difference difference() {
        try {
            new Half(Callers.WELL_FORMED).compare();
            if (universe == Universe.ANY_STRING) {
                new Half(Callers.OTHER).compare();
            }
        } catch (Unanswerable open) {
            return new Difference.Unknown(open.reason());
        }
        return new Difference.Known(
                changes.values().stream()
                        .sorted(Comparator.comparing(Change::kind))
                        .toList(),
                universe,
                Stream.concat(Assumptions.of(before).stream(), Assumptions.of(after).stream())
                        .distinct()
                        .toList());
    }

    /** The comparison for the strings of one half. */
    private final class Half {
        private final Callers callers;
        private final Diagram diagram = new Diagram(Diagram.BUDGET);
        private final Node first;
        private final Node second;
        private final BiPredicate<Node, Node> same;
        private final Example example;

        Half(Callers callers) {
            this.callers = callers;
            this.first = SideDiagram.of(before, diagram, callers);
            this.second = SideDiagram.of(after, diagram, callers);
            Relabel summary = Relabel.values(diagram, value -> summary((Outcome) value));
            this.same = (one, other) -> summary.of(one) == summary.of(other);
            this.example = new Example(diagram, callers, UsualNames.of(known.inventory()));
        }

        void compare() {
            if (first == second || same.test(first, second)) {
                return;
            }
            // Who needs no certificate comes first: that is how an inbound falls open.
            add(new Witness(Transport.PLAINTEXT, List.of(), null, null, null));
            List<String> beside = List.copyOf(neighbours());
            if (callers == Callers.WELL_FORMED) {
                known.inventory().forEach(this::add);
                beside.stream().filter(known.issuable()::isOfTemplate).forEach(this::add);
                walk(known.issuable().ofTemplates(diagram), true);
            }
            beside.stream().filter(this::isMeant).forEach(this::add);
            walk(universe == Universe.ISSUABLE ? known.issuable().node(diagram) : diagram.leaf(true), false);
        }

        private Set<String> neighbours() {
            List<Rule> rules = new ArrayList<>(edits.rules());
            rules.addAll(before.rules());
            rules.addAll(after.rules());
            return Neighbours.of(known.inventory(), rules);
        }

        private boolean isMeant(String caller) {
            return Lookup.halfOf(caller) == callers
                    && (universe != Universe.ISSUABLE || known.issuable().contains(caller));
        }

        /** @param within callers; only among those is looked */
        private void walk(Node within, boolean isOfTemplates) {
            DifferenceWalk.walk(first, second, SideDiagram.withCertificate(diagram, within), same, region -> {
                example.of(region)
                        .filter(call -> call.uriSans().isEmpty()
                                || (isOfTemplates
                                        ? known.issuable()
                                                .isOfTemplate(call.uriSans().getFirst())
                                        : isMeant(call.uriSans().getFirst())))
                        .ifPresentOrElse(this::add, () -> {
                            // Of strings that are not well-formed a region may hold none, and the templates are tried
                            // again with all others; else every region has a call.
                            if (!isOfTemplates && callers == Callers.WELL_FORMED) {
                                throw new Unanswerable("a difference of which no call could be made");
                            }
                        });
                return true;
            });
        }

        /** All that is different for a caller with one certificate. */
        private void add(String caller) {
            if (SpiffeId.of(caller).isPresent() != (callers == Callers.WELL_FORMED)) {
                return;
            }
            Lookup lookup = new Lookup(diagram, Witness.of(caller));
            Node one = lookup.ofCaller(first);
            Node other = lookup.ofCaller(second);
            DifferenceWalk.walk(one, other, diagram.leaf(true), same, region -> {
                example.of(region, caller).ifPresent(this::add);
                return true;
            });
        }

        /** The first call of a group stays. */
        private void add(Witness call) {
            Lookup lookup = new Lookup(diagram, call);
            Outcome one = (Outcome) lookup.in(first);
            Outcome other = (Outcome) lookup.in(second);
            if (!summary(one).equals(summary(other))) {
                found(call, one, other);
            }
        }
    }

    /** What of an outcome counts. */
    private Object summary(Outcome outcome) {
        return List.of(
                outcome.isAllowed(), outcome.isShadowed(), byRule ? String.valueOf(name(outcome.enforced())) : "");
    }

    /** Of a rule of a policy what its config would call it, if that is what it is compared with. */
    private @Nullable String name(Decided decided) {
        boolean isMixed = before.getClass() != after.getClass();
        Rule rule = isMixed ? rulesBefore.getOrDefault(decided, rulesAfter.get(decided)) : null;
        return rule == null ? decided.rule() : rule.origin().name();
    }

    private void found(Witness call, Outcome one, Outcome other) {
        Kind kind = kind(one, other);
        Decided cause = kind == Kind.NEWLY_SHADOWED || kind == Kind.NO_LONGER_SHADOWED
                ? cause(one.shadow().orElse(null), other.shadow().orElse(null))
                : cause(one.enforced(), other.enforced());
        boolean isTransport = one.stage() != Stage.RBAC || other.stage() != Stage.RBAC;
        Decided shown = isTransport ? null : cause;
        RuleEdit edit = shown == null
                ? RuleEdit.NONE
                : edits.of(
                        rulesAfter.containsKey(shown) && isEdited(rulesAfter.get(shown))
                                ? rulesAfter.get(shown)
                                : rulesBefore.get(shown));
        changes.putIfAbsent(new Group(kind, shown), new Change(kind, shown, edit, call, one, other));
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

    /** The deciding rule that the other side does not have; if it has both, the one that decides now. */
    private @Nullable Decided cause(@Nullable Decided one, @Nullable Decided other) {
        if (isEdited(rulesAfter.get(other))) {
            return other;
        }
        if (isEdited(rulesBefore.get(one))) {
            return one;
        }
        return isRule(other) ? other : isRule(one) ? one : null;
    }

    private boolean isEdited(@Nullable Rule rule) {
        return rule != null && edits.isEdited(rule);
    }

    private static boolean isRule(@Nullable Decided decided) {
        return decided != null && decided.rule() != null && !decided.rule().equals(RuleList.DEFAULT_NAME);
    }
}
