package dev.writ.compiler.check.envoy;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.source.SourceSpan;

/** Takes findings by their places in the config, and underlines them in its text. */
record Findings(AnyConfig config, DiagnosticSink sink) {
    void add(DiagnosticId id, String place, String message, String help) {
        add(id, id.severity(), place, message, help);
    }

    void add(DiagnosticId id, Severity severity, String place, String message, String help) {
        SourceSpan span = config.find(place).orElse(null);
        // A config that was no text has no lines.
        String text = span == null && !place.isEmpty() ? "`" + place + "`: " + message : message;
        sink.add(Diagnostic.of(id, span, text, help).withSeverity(severity));
    }
}
