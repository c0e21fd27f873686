package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Callers that nobody can be: their trust domain is that of CAs which Kuma generated itself, and no template of the MeshIdentities
 * gives such a path. Of a CA that comes from outside nothing is known. What is no SPIFFE ID at all is refused when it is read.
 */
final class ImpossiblePrincipal implements Check {
    private final IssuableCallers issuable;

    ImpossiblePrincipal(IssuableCallers issuable) {
        this.issuable = issuable;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (Permission permission : mesh.permissions()) {
            for (Rule rule : permission.rules()) {
                if (issuable.isNobody(rule)) {
                    sink.add(finding(rule, issuable.issuersFor(rule)));
                }
            }
        }
    }

    private static Diagnostic finding(Rule rule, List<MeshIdentity> issuers) {
        String templates = issuers.stream()
                .map(issuer -> "`" + issuer.pathTemplate().text().value() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
        Diagnostic finding = Diagnostic.of(
                        DiagnosticId.PERMISSION_IMPOSSIBLE_PRINCIPAL,
                        rule.pattern(),
                        "nobody can have " + what(rule) + ": in this trust domain paths are " + templates,
                        rule.action() == Action.DENY ? "this deny keeps nobody out" : "this allow lets nobody in")
                .withSeverity(rule.action() == Action.DENY ? Severity.NOTE : Severity.WARNING);
        return finding.withRelated(issuers.getFirst().span(), "it issues there");
    }

    private static String what(Rule rule) {
        String named = NamedCallers.of(rule);
        if (rule.callers() instanceof ExactId) {
            return named.isEmpty() ? "such a SPIFFE ID" : "the SPIFFE ID" + named;
        }
        if (rule.callers() instanceof IdPrefix) {
            return "a SPIFFE ID that begins " + (named.isEmpty() ? "so" : "with" + named);
        }
        return "a SPIFFE ID of " + (named.isEmpty() ? "this pattern" : "the pattern" + named);
    }
}
