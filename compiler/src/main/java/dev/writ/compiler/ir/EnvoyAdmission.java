package dev.writ.compiler.ir;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Undecidable;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.List;
import java.util.TreeSet;

/**
 * Who gets as far as the rules in the target {@code envoy}: mutual TLS with the mesh's trust domains, and one well-formed SPIFFE ID.
 * What only a control plane has a word for is refused.
 */
final class EnvoyAdmission {
    private static final String ASK_KUMA = "what a control plane makes of it is for the `kuma-*` targets to say";

    private final Mesh mesh;

    EnvoyAdmission(Mesh mesh) {
        this.mesh = mesh;
    }

    Admission of(Workload workload, Inbound inbound, List<Permission> permissions) {
        if (mesh.mtls() != null) {
            return Undecided.of(
                    workload,
                    mesh.mtls().backend().span(),
                    "the target `envoy` has no word for builtin mTLS, which the mesh `" + mesh.name() + "` has enabled",
                    ASK_KUMA);
        }
        if (Boolean.TRUE.equals(workload.tlsOf(inbound).permissive())) {
            return Undecided.of(
                    workload,
                    inbound.span(),
                    "the target `envoy` has no word for an inbound that takes plaintext beside mTLS",
                    ASK_KUMA);
        }
        return switch (workload.identity()) {
            case Absent absent -> new Undecidable(withoutIdentity(workload, absent));
            case Issued issued ->
                isLegacyOnly(permissions) ? legacy(workload, permissions) : mutualTls(workload, issued);
        };
    }

    private static boolean isLegacyOnly(List<Permission> permissions) {
        return permissions.stream().allMatch(permission -> permission.rules().isEmpty())
                && permissions.stream()
                        .anyMatch(permission -> !permission.from().isEmpty());
    }

    private static Admission legacy(Workload workload, List<Permission> permissions) {
        Permission first = permissions.stream()
                .filter(permission -> !permission.from().isEmpty())
                .findFirst()
                .orElseThrow();
        return Undecided.of(
                workload,
                first.from().getFirst().span(),
                "the target `envoy` has no word for `from`, and `" + workload.key() + "` has no other permission",
                ASK_KUMA);
    }

    private static Diagnostic withoutIdentity(Workload workload, Absent absent) {
        Diagnostic finding = Diagnostic.of(
                DiagnosticId.TARGET_UNSUPPORTED,
                workload.span(),
                "the target `envoy` needs an identity, and `" + workload.key() + "` has none: "
                        + absent.finding().message(),
                "without one Kuma leaves the inbound in plaintext: what its proxies do then is for the `kuma-*` targets"
                        + " to say");
        return absent.finding().span() == null || absent.finding().span().equals(workload.span())
                ? finding
                : finding.withRelated(absent.finding().span(), "for this reason");
    }

    private Admission mutualTls(Workload workload, Issued issued) {
        TreeSet<String> trustDomains = new TreeSet<>();
        mesh.trusts().stream().map(MeshTrust::trustDomain).forEach(trustDomains::add);
        if (issued.by().provider() instanceof IdentityProvider.Spire) {
            // Kuma makes no MeshTrust for it: the agent brings the bundle.
            trustDomains.add(issued.id().trustDomain());
        }
        if (trustDomains.isEmpty()) {
            return new Undecidable(Diagnostic.of(
                    DiagnosticId.TARGET_UNSUPPORTED,
                    workload.span(),
                    "the mesh `" + mesh.name() + "` has no MeshTrust, so that no caller of `" + workload.key()
                            + "` can be verified",
                    "add a MeshTrust, or `meshTrustCreation: Enabled` to its MeshIdentity"));
        }
        List<String> prefixes =
                trustDomains.stream().map(name -> SpiffeId.SCHEME + name + "/").toList();
        return new MutualTls(List.copyOf(trustDomains), prefixes, true);
    }
}
