package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.RuleTree.Ranks;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An inbound's policy of which one rule is changed, many times over: what each change comes to, and a call that shows it. Only the
 * calls are looked at that the rule matches before or after, and of the other rules the few nodes that hold them together: so a
 * change costs next to nothing, however many rules there are.
 */
public final class EditedRules {
    /** Of a call that gets as far as the rules. */
    private enum Fate {
        ALLOWED,
        REPORTED,
        DENIED
    }

    private final InboundPolicy policy;
    private final Diagram diagram = new Diagram(Diagram.BUDGET);
    private final Node admitted;
    private final RuleTree enforced;
    private final @Nullable RuleTree shadow;
    private final Merge both = Merge.both(diagram);
    private final Merge either = Merge.either(diagram);
    private final Merge verdict;
    private @Nullable Familiar familiar;
    private @Nullable Sides last;

    /** How those callers look that others are to look like. */
    private record Familiar(KnownCallers known, Example example, Node templates) {}

    private EditedRules(InboundPolicy policy) {
        this.policy = policy;
        // As in proofs: rules of single SANs are looked at for certificates of any, those of joined ones for
        // certificates of one.
        Certificates certificates = switch (policy.form()) {
            case PRINCIPALS -> Certificates.ANY_URI_SANS;
            case MATCHER -> Certificates.ONE_URI_SAN;
        };
        ModelDiagram.requireAnswerable(policy);
        ModelDiagram model =
                new ModelDiagram(diagram, Callers.WELL_FORMED, certificates, RuleDiagram.Naming::asWritten);
        this.admitted = switch (policy.admission()) {
            case MutualTls tls -> model.trusted(tls);
            case Admission.Permissive permissive -> model.trusted(permissive.mutual());
            case Admission.Plaintext plaintext -> diagram.leaf(false);
            case Admission.Undecidable open ->
                throw new Unanswerable(open.finding().message());
        };
        RuleMatches matches = new RuleMatches(
                diagram, Callers.WELL_FORMED, certificates, policy.inbound().port());
        this.enforced = new RuleTree(policy.enforced(), diagram, matches);
        this.shadow = policy.shadow()
                .map(list -> new RuleTree(list, diagram, matches))
                .orElse(null);
        Node denied = diagram.leaf(Fate.DENIED);
        Node allowed = diagram.leaf(Fate.ALLOWED);
        this.verdict = Merge.by(diagram, (one, other) -> one == denied ? denied : one == allowed ? other : null);
    }

    /** Empty where nothing can be said of the policy: it asks too much, or what decides is not known. */
    public static Optional<EditedRules> of(InboundPolicy policy) {
        try {
            return Optional.of(new EditedRules(policy));
        } catch (Unanswerable open) {
            return Optional.empty();
        }
    }

    private record Sides(InboundEdit edit, Node before, Node after, boolean sameRules) {}

    /** What a change comes to. */
    public EditEffect effect(InboundEdit edit) {
        try {
            Sides sides = sides(edit);
            return sides.before() != sides.after()
                    ? EditEffect.OTHER_VERDICT
                    : sides.sameRules() ? EditEffect.NONE : EditEffect.OTHER_RULE;
        } catch (Unanswerable open) {
            return EditEffect.UNKNOWN;
        }
    }

    /** Who asks for a call has asked before whether there is one. */
    @SuppressWarnings("ReferenceEquality") // an edit is asked about by the object that was asked about before
    private Sides sides(InboundEdit edit) {
        Sides known = last;
        if (known == null || known.edit() != edit) {
            known = compared(edit);
            last = known;
        }
        return known;
    }

    private Sides compared(InboundEdit edit) {
        Node calls = both.of(admitted, concerned(edit));
        Ranks rules = enforced.ranks(edit.enforced(), calls);
        Node before = fates(enforced, rules.before(), Optional.empty(), Fate.DENIED);
        Node after = fates(enforced, rules.after(), edit.enforced(), Fate.DENIED);
        boolean same = rules.before() == enforced.asBefore(rules.after(), edit.enforced());
        RuleTree reports = shadow;
        if (reports == null) {
            return new Sides(edit, before, after, same);
        }
        Ranks reported = reports.ranks(edit.shadow(), calls);
        return new Sides(
                edit,
                verdict.of(before, fates(reports, reported.before(), Optional.empty(), Fate.REPORTED)),
                edit.endsShadow(policy)
                        ? after
                        : verdict.of(after, fates(reports, reported.after(), edit.shadow(), Fate.REPORTED)),
                same && reported.before() == reports.asBefore(reported.after(), edit.shadow()));
    }

    private Node concerned(InboundEdit edit) {
        if (edit.endsShadow(policy)) {
            return diagram.leaf(true);
        }
        Node calls = diagram.leaf(false);
        if (edit.enforced().isPresent()) {
            calls = either.of(calls, enforced.concerned(edit.enforced().get()));
        }
        if (edit.shadow().isPresent() && shadow != null) {
            calls = either.of(calls, shadow.concerned(edit.shadow().get()));
        }
        return calls;
    }

    private Node fates(RuleTree tree, Node ranks, Optional<RuleListEdit> edit, Fate ofDeny) {
        return Relabel.values(diagram, rank -> tree.action(rank, edit) == Action.ALLOW ? Fate.ALLOWED : ofDeny)
                .of(ranks);
    }

    /**
     * A call that a change decides otherwise: of the first of these certificates that is decided otherwise at all, else of a caller
     * that looks like those there are, else of the shortest. Empty if the change decides every call alike, or that cannot be said.
     *
     * @param certificates the URI SANs of each
     * @param known the callers that others are to look like
     * @param isFine whether it is a call that one wants to see
     */
    public Optional<Witness> witness(
            InboundEdit edit, List<List<String>> certificates, KnownCallers known, Predicate<Witness> isFine) {
        try {
            Sides sides = sides(edit);
            return sides.before() == sides.after()
                    ? Optional.empty()
                    : new Search(sides, familiar(known), isFine).witness(certificates, rules(edit));
        } catch (Unanswerable open) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("ReferenceEquality") // to compare all callers would cost more than it spares
    private Familiar familiar(KnownCallers known) {
        Familiar before = familiar;
        if (before != null && before.known() == known) {
            return before;
        }
        Familiar made = new Familiar(
                known,
                new Example(diagram, Callers.WELL_FORMED, UsualNames.of(known.inventory())),
                known.issuable().ofTemplates(diagram));
        familiar = made;
        return made;
    }

    private List<Rule> rules(InboundEdit edit) {
        List<Rule> rules = new ArrayList<>();
        edit.enforced().ifPresent(made -> {
            rules.add(policy.enforced().rules().get(made.removed()));
            rules.addAll(made.instead());
        });
        edit.shadow()
                .ifPresent(
                        made -> rules.add(policy.shadow().orElseThrow().rules().get(made.removed())));
        return rules;
    }

    /** For a call that two functions tell apart. */
    private final class Search {
        private final Sides sides;
        private final KnownCallers known;
        private final Predicate<Witness> isFine;
        private final Example example;
        private final Node templates;

        Search(Sides sides, Familiar familiar, Predicate<Witness> isFine) {
            this.sides = sides;
            this.known = familiar.known();
            this.isFine = isFine;
            this.example = familiar.example();
            this.templates = familiar.templates();
        }

        Optional<Witness> witness(List<List<String>> certificates, List<Rule> rules) {
            Set<String> beside = Neighbours.of(known.inventory(), rules);
            List<String> issuable =
                    beside.stream().filter(known.issuable()::isOfTemplate).toList();
            return first(certificates, this::of)
                    .or(() -> first(issuable, caller -> of(List.of(caller))))
                    .or(() -> within(templates))
                    .or(() -> first(List.copyOf(beside), caller -> of(List.of(caller))))
                    .or(() -> within(diagram.leaf(true)));
        }

        private <T> Optional<Witness> first(List<T> candidates, Function<T, Optional<Witness>> search) {
            return candidates.stream()
                    .flatMap(one -> search.apply(one).stream())
                    .findFirst();
        }

        private Optional<Witness> within(Node calls) {
            List<Witness> found = new ArrayList<>(1);
            DifferenceWalk.walk(sides.before(), sides.after(), calls, (one, other) -> false, region -> {
                example.of(region).filter(isFine).ifPresent(found::add);
                return found.isEmpty();
            });
            return found.stream().findFirst();
        }

        /** A call with this certificate. */
        private Optional<Witness> of(List<String> uriSans) {
            String caller = uriSans.getFirst();
            if (Lookup.halfOf(caller) != Callers.WELL_FORMED || uriSans.size() > 1 && isForOne()) {
                return Optional.empty();
            }
            Lookup lookup = new Lookup(diagram, new Witness(Witness.Transport.CERTIFICATE, uriSans, null, null, null));
            List<Witness> found = new ArrayList<>(1);
            DifferenceWalk.walk(
                    lookup.ofCaller(sides.before()),
                    lookup.ofCaller(sides.after()),
                    diagram.leaf(true),
                    (one, other) -> false,
                    region -> {
                        example.of(region, caller)
                                .map(call -> new Witness(
                                        call.transport(), uriSans, call.serverName(), call.method(), call.path()))
                                .filter(isFine)
                                .ifPresent(found::add);
                        return found.isEmpty();
                    });
            return found.stream().findFirst();
        }

        private boolean isForOne() {
            return policy.form() == InboundPolicy.Form.MATCHER;
        }
    }
}
