package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.IdentityProvider.Bundled;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshTrust;
import java.util.List;

/**
 * A MeshTrust that was made for a MeshIdentity whose trust domain has changed since. Kuma adds to such a MeshTrust's bundles
 * and never touches its trust domain, so that no certificate of the mesh verifies any more, while the MeshIdentity stays Ready
 * (observed; {@code meshidentity/status/updater.go}).
 */
final class StaleTrust implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (MeshIdentity identity : mesh.identities()) {
            for (MeshTrust trust : leftBehind(identity, mesh)) {
                String current = identity.trustDomain();
                sink.add(Diagnostic.of(
                                DiagnosticId.TRUST_STALE,
                                trust.span(),
                                "this MeshTrust of the MeshIdentity `" + identity.name()
                                        + "` still vouches for the trust domain `" + trust.trustDomain()
                                        + "`, not for `" + current + "`",
                                "Kuma never changes the trust domain of a MeshTrust: add one for `" + current
                                        + "` and keep this until every proxy has a new certificate")
                        .withRelated(identity.span(), "it issues in `" + current + "`"));
            }
        }
    }

    /** The MeshTrusts of an identity, if none of them is for its trust domain. */
    static List<MeshTrust> leftBehind(MeshIdentity identity, Mesh mesh) {
        String current = identity.trustDomain();
        if (current == null || !(identity.provider() instanceof Bundled bundled) || !bundled.meshTrustCreation()) {
            return List.of();
        }
        List<MeshTrust> made = mesh.trusts().stream()
                .filter(trust -> isMadeFor(identity, trust))
                .toList();
        return made.stream().anyMatch(trust -> trust.trustDomain().equals(current)) ? List.of() : made;
    }

    // One that stands in the sources, and not the one that Kuma would make if there were none.
    private static boolean isMadeFor(MeshIdentity identity, MeshTrust trust) {
        if (trust.span().equals(identity.span())) {
            return false;
        }
        return trust.originKri() == null
                ? trust.name().equals(identity.name())
                : trust.originKri().equals(identity.kri());
    }
}
