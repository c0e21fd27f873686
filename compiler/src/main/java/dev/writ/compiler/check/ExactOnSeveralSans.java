package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import org.jspecify.annotations.Nullable;

/**
 * An exact SPIFFE ID of builtin mTLS. Its certificates have several URI SANs ({@code spiffe://mesh/service,kuma://…}), and
 * Envoy compares them joined with commas: such an allow lets nobody in, and such a deny keeps nobody out (observed with Kuma
 * 2.14.3).
 */
final class ExactOnSeveralSans implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        if (mesh.mtls() == null) {
            return;
        }
        for (Permission permission : mesh.permissions()) {
            for (Rule rule : permission.rules()) {
                if (isOfBuiltin(Callers.of(rule).orElse(null), mesh)) {
                    sink.add(finding(rule));
                }
            }
        }
    }

    // Its trust domain is the mesh; MeshIdentities may have issued in one of that name only by an own template.
    private static boolean isOfBuiltin(@Nullable Callers callers, Mesh mesh) {
        return callers != null
                && callers.exact()
                && callers.trustDomain().filter(mesh.name()::equals).isPresent()
                && TrustDomains.of(mesh).issuersOf(mesh.name()).isEmpty();
    }

    private static Diagnostic finding(Rule rule) {
        String outcome = rule.action() == Action.DENY ? "this deny keeps nobody out" : "this allow lets nobody in";
        return Diagnostic.of(
                DiagnosticId.PERMISSION_EXACT_ON_MULTI_SAN,
                rule.pattern(),
                "certificates of builtin mTLS have several URI SANs, which no exact SPIFFE ID equals: " + outcome,
                "a `Prefix` matches, also every name that begins alike; with a MeshIdentity a caller has one SPIFFE ID");
    }
}
