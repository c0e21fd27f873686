package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.spiffe.SigningAuthority;
import dev.writ.compiler.syntax.ProviderSyntax;

/**
 * A CA of one's own that another CA has signed. Kuma puts the leaf alone into an SVID ({@code providers/bundled/bundled.go}), so
 * that whoever trusts only the root has no way from it to the certificate.
 */
final class IntermediateCa implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        for (MeshIdentity identity : mesh.identities()) {
            if (identity.notReady() == null
                    && identity.provider() instanceof IdentityProvider.Bundled bundled
                    && bundled.userCa() != null
                    && identity.resource().provider() instanceof ProviderSyntax.Bundled syntax
                    && syntax.ca() != null
                    && !SigningAuthority.isSelfSigned(bundled.userCa())) {
                sink.add(Diagnostic.of(
                        DiagnosticId.IDENTITY_CA_INTERMEDIATE,
                        syntax.ca().certificate().span(),
                        "this CA is no root, and Kuma issues without it in the chain: who trusts only its root refuses"
                                + " the certificates",
                        "vouch for this certificate itself wherever `" + identity.name() + "` is to be trusted"));
            }
        }
    }
}
