package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.Refusal;
import java.util.List;

/** Why Envoy would not load a config, as findings. */
public final class Refusals {
    private Refusals() {}

    public static List<Diagnostic> of(AnyConfig config) {
        return config.refusals().stream().map(Refusals::of).toList();
    }

    private static Diagnostic of(Refusal refusal) {
        return new Diagnostic(
                DiagnosticId.ENVOY_REFUSED,
                Severity.ERROR,
                (refusal.place().isEmpty() || refusal.span() != null ? "" : "`" + refusal.place() + "`: ")
                        + refusal.reason(),
                refusal.span(),
                List.of(),
                refusal.help());
    }
}
