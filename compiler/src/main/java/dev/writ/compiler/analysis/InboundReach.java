package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.InboundPolicy;

/** Reads off an inbound's diagram who reaches it. */
final class InboundReach {
    private InboundReach() {}

    static Reach of(InboundPolicy policy, Inventory inventory) {
        Diagram diagram = new Diagram(Diagram.BUDGET);
        Node calls = new ModelDiagram(
                        diagram, Callers.WELL_FORMED, Certificates.ONE_URI_SAN, RuleDiagram.Naming::asWritten)
                .of(policy);
        AnswerReading answers = new AnswerReading(diagram);
        Node certificate = by(Choice.CERTIFICATE, calls);
        return new Reach.Known(
                ReachWalk.of(certificate, inventory, answers),
                new IdPatterns(diagram).of(certificate, answers),
                answers.of(by(Choice.PLAINTEXT, calls)),
                Assumptions.of(policy, Certificates.ONE_URI_SAN));
    }

    private static Node by(String transport, Node calls) {
        return calls instanceof Branch branch && branch.variable() == Variables.TRANSPORT
                ? branch.at(transport)
                : calls;
    }
}
