package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Verification;
import dev.writ.compiler.ir.InboundPolicy;
import java.util.List;
import java.util.stream.Stream;

/** What an inbound's policy makes of each call, by the meaning of the IR alone; how the call comes is asked first. */
final class ModelDiagram {
    private final Diagram diagram;
    private final Callers callers;
    private final Certificates certificates;
    private final RuleDiagram.Naming naming;
    private final CallerSets sets;
    private final Merge both;
    private final Merge either;

    ModelDiagram(Diagram diagram, Callers callers, Certificates certificates, RuleDiagram.Naming naming) {
        this.diagram = diagram;
        this.callers = callers;
        this.certificates = certificates;
        this.naming = naming;
        this.sets = new CallerSets(diagram, callers);
        this.both = Merge.both(diagram);
        this.either = Merge.either(diagram);
    }

    Node of(InboundPolicy policy) {
        boolean isHttp = policy.inbound().protocol().isHttp();
        requireAnswerable(policy);
        Node passed = leaf(Stage.NONE, Decision.ALLOW);
        // A handshake is no HTTP request; to whatever else it is bytes to be handed on.
        Node handshake = isHttp ? leaf(Stage.NONE, Decision.DENY) : passed;
        Node refused = leaf(Stage.TLS, Decision.DENY);
        return switch (policy.admission()) {
            case Admission.Plaintext plaintext -> byTransport(handshake, handshake, passed);
            case Admission.Permissive permissive ->
                byTransport(admitted(policy, permissive.mutual()), handshake, passed);
            case MutualTls tls -> byTransport(admitted(policy, tls), refused, refused);
            case Admission.Undecidable open ->
                throw new Unanswerable(open.finding().message());
        };
    }

    /** Of rules about HTTP on a port that speaks something else nothing can be said. */
    static void requireAnswerable(InboundPolicy policy) {
        if (!policy.inbound().protocol().isHttp() && asksHttp(policy)) {
            throw new Unanswerable("a rule is about HTTP, but port "
                    + policy.inbound().port() + " speaks " + policy.inbound().protocol());
        }
    }

    private static boolean asksHttp(InboundPolicy policy) {
        return Stream.concat(Stream.of(policy.enforced()), policy.shadow().stream())
                .flatMap(list -> list.rules().stream())
                .flatMap(rule -> rule.conditions().stream())
                .anyMatch(ConditionDiagram::isAboutHttp);
    }

    private Node byTransport(Node certificate, Node anonymous, Node plaintext) {
        return diagram.branch(
                Variables.TRANSPORT,
                List.of(Choice.ANONYMOUS, Choice.PLAINTEXT),
                List.of(certificate, anonymous, plaintext));
    }

    private Node leaf(Stage stage, Decision decision) {
        return diagram.leaf(Outcome.withoutRule(stage, decision));
    }

    private Node admitted(InboundPolicy policy, MutualTls tls) {
        return Merge.where(diagram, leaf(Stage.TLS, Decision.DENY))
                .of(trusted(tls), byRules(policy, tls.oneSpiffeId()));
    }

    /** Whose certificate TLS admits. */
    Node trusted(MutualTls tls) {
        return both.of(verified(tls.verification()), named(tls.sanPrefixes()));
    }

    private Node verified(Verification verification) {
        return switch (verification) {
            case Verification.ByTrustDomain by ->
                either.all(
                        by.trustDomains().stream()
                                .map(domain -> sets.prefix("spiffe://" + domain + "/"))
                                .toList(),
                        diagram.leaf(false));
            case Verification.ByMeshCa ca ->
                either.of(sets.exact("spiffe://" + ca.mesh()), sets.prefix("spiffe://" + ca.mesh() + "/"));
        };
    }

    private Node named(List<String> sanPrefixes) {
        return sanPrefixes.isEmpty()
                ? diagram.leaf(true)
                : either.all(sanPrefixes.stream().map(this::startsWith).toList(), diagram.leaf(false));
    }

    private Node startsWith(String prefix) {
        return switch (certificates) {
            case ONE_URI_SAN -> sets.prefix(prefix);
            case ANY_URI_SANS -> diagram.fact(new Certificates.SanStartsWith(prefix));
        };
    }

    /** What the rules make of the calls that get as far, whoever may. */
    Node byRules(InboundPolicy policy, boolean oneSpiffeId) {
        RuleDiagram rules =
                new RuleDiagram(diagram, callers, certificates, policy.inbound().port(), naming);
        boolean isRefused = oneSpiffeId && callers == Callers.OTHER;
        Node nothing = diagram.leaf(Nothing.NOTHING);
        Node enforced = isRefused ? nothing : rules.numbers(policy.enforced());
        Node shadow = policy.shadow().map(rules::numbers).orElse(nothing);
        Decided guard = new Decided(Decision.DENY, MutualTls.GUARD_NAME, null);
        return Merge.by(
                        diagram,
                        (one, other) -> one instanceof Leaf first && other instanceof Leaf second
                                ? diagram.leaf(new Outcome(
                                        Stage.RBAC,
                                        isRefused ? guard : rules.decided(policy.enforced(), first.value()),
                                        policy.shadow().map(list -> rules.decided(list, second.value()))))
                                : null)
                .of(enforced, shadow);
    }
}
