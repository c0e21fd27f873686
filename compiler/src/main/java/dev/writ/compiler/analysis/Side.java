package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decided;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One of two things that are compared: what decides the calls to an inbound. */
public sealed interface Side {

    /** As it is written. */
    record Written(InboundPolicy policy) implements Side {}

    /** As some Envoy has it; of its rules there are only the names. */
    record Configured(EnvoyConfig config, int port) implements Side {}

    /** The rules of both lists, in their order. */
    default List<Rule> rules() {
        return switch (this) {
            case Written written ->
                Stream.concat(Stream.of(written.policy().enforced()), written.policy().shadow().stream())
                        .flatMap(list -> list.rules().stream())
                        .toList();
            case Configured configured -> List.of();
        };
    }

    /** What its outcomes call the rules. */
    default Map<Decided, Rule> byName() {
        Map<Decided, Rule> byName = new HashMap<>();
        for (Rule rule : rules()) {
            for (Outcome.Decision decision : Outcome.Decision.values()) {
                byName.put(RuleDiagram.Naming.asWritten(rule, decision), rule);
            }
        }
        return byName;
    }
}
