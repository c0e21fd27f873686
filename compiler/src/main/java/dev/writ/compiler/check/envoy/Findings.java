package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.AnyConfig;

/** Takes findings by their places in the config, and underlines them in its text. */
record Findings(AnyConfig config, DiagnosticSink sink) {
    void add(DiagnosticId id, String place, String message, String help) {
        add(id, id.severity(), place, message, help);
    }

    void add(DiagnosticId id, Severity severity, String place, String message, String help) {
        sink.add(Diagnostic.of(id, config.find(place).orElse(null), message, help)
                .withSeverity(severity));
    }
}
