package dev.writ.compiler.analysis;

import java.util.List;

/** A side as a function of calls with one URI SAN. */
final class SideDiagram {
    private SideDiagram() {}

    static Node of(Side side, Diagram diagram, Callers callers) {
        return switch (side) {
            case Side.Written written ->
                new ModelDiagram(diagram, callers, Certificates.ONE_URI_SAN, RuleDiagram.Naming::asWritten)
                        .of(written.policy());
            case Side.Configured configured ->
                new ConfigDiagram(diagram, callers, Certificates.ONE_URI_SAN)
                        .of(configured.config(), configured.port());
        };
    }

    /** A set of callers as one of calls: of calls without a certificate it says nothing. */
    static Node withCertificate(Diagram diagram, Node callers) {
        Node yes = diagram.leaf(true);
        return diagram.branch(
                Variables.TRANSPORT, List.of(Choice.ANONYMOUS, Choice.PLAINTEXT), List.of(callers, yes, yes));
    }
}
