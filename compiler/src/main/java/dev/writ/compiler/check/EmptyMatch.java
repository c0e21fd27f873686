package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Rule;

/**
 * A match without a condition. Kuma's validation lets {@code {}} pass, Envoy refuses the listener that comes of it, and every
 * selected proxy keeps its last policy until the match is gone (observed).
 */
final class EmptyMatch implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (Permission permission : mesh.permissions()) {
            for (Rule rule : permission.rules()) {
                if (rule.callers() instanceof NoPattern) {
                    sink.add(Diagnostic.of(
                            DiagnosticId.PERMISSION_EMPTY_MATCH,
                            rule.span(),
                            "a match without a condition: Envoy refuses the whole listener, and its policy stays as it was",
                            "to match every caller of a trust domain, use a `Prefix`"));
                }
            }
        }
    }
}
