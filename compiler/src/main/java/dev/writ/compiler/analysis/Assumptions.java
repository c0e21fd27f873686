package dev.writ.compiler.analysis;

import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an answer about a policy takes for granted. */
final class Assumptions {
    private Assumptions() {}

    static List<String> of(InboundPolicy policy, Certificates certificates) {
        List<String> assumptions = new ArrayList<>();
        if (certificates == Certificates.ONE_URI_SAN) {
            assumptions.add("one URI SAN");
        }
        if (asksForPath(policy)) {
            assumptions.add("normalised path");
        }
        return assumptions;
    }

    /** Of a comparison. */
    static List<String> of(Side side) {
        return switch (side) {
            case Side.Written written -> of(written.policy(), Certificates.ONE_URI_SAN);
            case Side.Configured configured -> List.of("one URI SAN", "normalised path");
        };
    }

    private static boolean asksForPath(InboundPolicy policy) {
        return policy.inbound().protocol().isHttp()
                && Stream.concat(Stream.of(policy.enforced()), policy.shadow().stream())
                        .flatMap(list -> list.rules().stream())
                        .flatMap(rule -> rule.conditions().stream())
                        .anyMatch(condition ->
                                condition instanceof Condition.Path || condition instanceof Condition.PathPrefix);
    }
}
