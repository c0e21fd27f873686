package dev.writ.compiler.ir;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Permissive;
import dev.writ.compiler.ir.Admission.Plaintext;
import dev.writ.compiler.ir.Admission.Verification.ByMeshCa;
import dev.writ.compiler.ir.Admission.Verification.ByTrustDomain;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who gets as far as the rules with a Kuma ({@code meshtls/plugin}): whom a MeshIdentity issues an SVID, mutual TLS with the trust
 * domains of the mesh; else, up to 2.14, mutual TLS with the CA of the mesh's backend; else everybody, in plaintext.
 */
final class KumaAdmission {
    private final Mesh mesh;
    private final Target target;

    KumaAdmission(Mesh mesh, Target target) {
        this.mesh = mesh;
        this.target = target;
    }

    Admission of(Workload workload, Inbound inbound) {
        Optional<MutualTls> mutual = switch (workload.identity()) {
            case Issued issued -> Optional.of(byTrustDomain(issued));
            case Absent absent -> hasBackend() ? Optional.of(byBackend()) : Optional.empty();
        };
        Optional<Admission> frozen = switch (workload.identity()) {
            case Issued issued -> Optional.empty();
            case Absent absent -> frozen(workload, absent);
        };
        return frozen.orElseGet(() -> mutual.map(tls -> isPermissive(workload, inbound) ? new Permissive(tls) : tls)
                .orElseGet(Plaintext::new));
    }

    private boolean hasBackend() {
        return target.isKuma2() && mesh.mtls() != null;
    }

    /** Kuma 3 has but MeshTLS; up to 2.14 the backend's mode counts where no MeshTLS sets one. */
    private boolean isPermissive(Workload workload, Inbound inbound) {
        Boolean permissive = workload.tlsOf(inbound).permissive();
        return permissive != null
                ? permissive
                : target.isKuma2() && mesh.mtls() != null && mesh.mtls().permissive();
    }

    private MutualTls byTrustDomain(Issued issued) {
        if (issued.by().provider() instanceof IdentityProvider.Spire) {
            // The agent's bundle `ALL` replaces the mesh's trusts, and Kuma names no SAN.
            return new MutualTls(List.of(issued.id().trustDomain()), List.of(), false);
        }
        List<String> trustDomains = trustDomains();
        return new MutualTls(
                new ByTrustDomain(trustDomains),
                trustDomains.stream().map(this::sanPrefix).toList(),
                false);
    }

    private List<String> trustDomains() {
        TreeSet<String> trustDomains = new TreeSet<>();
        mesh.trusts().stream().map(MeshTrust::trustDomain).forEach(trustDomains::add);
        if (hasBackend() && !trustDomains.isEmpty()) {
            // While a mesh migrates, the certificates of its backend are trusted beside. Without a MeshTrust nothing
            // is: the proxy
            // is never sent a bundle.
            trustDomains.add(mesh.name());
        }
        return List.copyOf(trustDomains);
    }

    /** As soon as the mesh has a MeshTrust the bundle of all verifies, and no SAN is asked for (recorded: scenario v214-40). */
    private MutualTls byBackend() {
        return mesh.trusts().isEmpty()
                ? byMeshCa()
                : new MutualTls(new ByTrustDomain(trustDomains()), List.of(), false);
    }

    private MutualTls byMeshCa() {
        return new MutualTls(new ByMeshCa(mesh.name()), List.of(SpiffeId.SCHEME + mesh.name() + "/"), false);
    }

    /** Before 2.14.0 without its last slash (PR 15438). */
    private String sanPrefix(String trustDomain) {
        return SpiffeId.SCHEME + trustDomain + (target.isKumaSince(Target.KUMA_2_14) ? "/" : "");
    }

    /**
     * A template that fails for this workload alone fails the whole update of its proxy, which keeps the config it has; a MeshIdentity
     * that is not ready, or none, is no error to Kuma.
     */
    private static Optional<Admission> frozen(Workload workload, Absent absent) {
        boolean isNone = absent.by() == null || absent.by().notReady() != null;
        DiagnosticId id = absent.finding().id();
        if (isNone || id == DiagnosticId.IDENTITY_NONE_SELECTED || id == DiagnosticId.IDENTITY_NOT_READY) {
            return Optional.empty();
        }
        return Optional.of(Undecided.of(
                workload,
                absent.finding().span(),
                "no SVID can be issued to `" + workload.key()
                        + "`, so that its proxy keeps the config it has, or gets none: "
                        + absent.finding().message(),
                null));
    }
}
