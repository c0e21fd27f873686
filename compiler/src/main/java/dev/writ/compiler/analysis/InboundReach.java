package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.InboundPolicy;
import java.util.List;

/** Reads off an inbound's diagram who reaches it. */
final class InboundReach {
    private final Diagram diagram;
    private final InboundPolicy policy;
    private final Node calls;
    private final AnswerReading answers;

    /** @throws Unanswerable where the policy asks too much */
    InboundReach(InboundPolicy policy) {
        this.diagram = new Diagram(Diagram.BUDGET);
        this.policy = policy;
        this.calls = new ModelDiagram(
                        diagram, Callers.WELL_FORMED, Certificates.ONE_URI_SAN, RuleDiagram.Naming::asWritten)
                .of(policy);
        this.answers = new AnswerReading(diagram);
    }

    Reach.Known of(Inventory inventory) {
        return new Reach.Known(
                ReachWalk.of(by(Choice.CERTIFICATE), inventory, answers),
                answers.of(by(Choice.PLAINTEXT)),
                Assumptions.of(policy, Certificates.ONE_URI_SAN));
    }

    List<IdPattern> patterns() {
        return new IdPatterns(diagram).of(by(Choice.CERTIFICATE), answers);
    }

    private Node by(String transport) {
        return calls instanceof Branch branch && branch.variable() == Variables.TRANSPORT
                ? branch.at(transport)
                : calls;
    }
}
