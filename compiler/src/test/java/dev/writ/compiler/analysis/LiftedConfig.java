package dev.writ.compiler.analysis;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.InboundListener;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the lifter of a proof makes of a config, for it to be held against whoever else knows: another evaluator, a real Envoy. */
public final class LiftedConfig {
    private record Half(Diagram diagram, Node function) {}

    private final Map<Callers, Half> halves = new EnumMap<>(Callers.class);

    private LiftedConfig() {}

    /** A config with one listener, on whatever port, as if that were the port. */
    public static LiftedConfig onPort(EnvoyConfig config, int port) {
        InboundListener listener = config.listeners().get(0);
        return of(new EnvoyConfig(List.of(listener.onPort(port)), config.unmodelled()), port);
    }

    /** The function of calls to a port of a config. */
    public static LiftedConfig of(EnvoyConfig config, int port) {
        LiftedConfig lifted = new LiftedConfig();
        for (Callers callers : Callers.values()) {
            Diagram diagram = new Diagram(Diagram.BUDGET);
            Node function = function(diagram, callers, config, port);
            if (function != null) {
                lifted.halves.put(callers, new Half(diagram, function));
            }
        }
        return lifted;
    }

    /** What becomes of a call with at most one URI SAN; empty where the lifter does not answer for callers like this one. */
    public Optional<Outcome> decide(Witness call) {
        Callers callers = call.uriSans().isEmpty()
                ? Callers.WELL_FORMED
                : Lookup.halfOf(call.uriSans().getFirst());
        return Optional.ofNullable(halves.get(callers))
                .map(half -> (Outcome) new Lookup(half.diagram(), call).in(half.function()));
    }

    private static @Nullable Node function(Diagram diagram, Callers callers, EnvoyConfig config, int port) {
        try {
            return new ConfigDiagram(diagram, callers, Certificates.ONE_URI_SAN).of(config, port);
        } catch (Unanswerable open) {
            return null;
        }
    }
}
