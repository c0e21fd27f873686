package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.IdentityProvider.Spire;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Callers of a trust domain that no MeshTrust vouches for: their handshake fails, whatever the permissions say. That of a zone
 * is made in that zone; the others see it only if it is copied to the global control plane.
 *
 * <p>With SPIRE the agent's bundles decide, which no source shows: nothing is said of callees whose identity is SPIRE's, nor
 * where there is no MeshIdentity at all.
 */
final class MissingTrust implements Check {
    /** All zones of the model: where callers come from. */
    private final List<Mesh> zones;

    MissingTrust(List<Mesh> zones) {
        this.zones = zones;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        boolean needsTrust = mesh.workloads().stream().anyMatch(MissingTrust::verifiesByTrusts)
                || mesh.workloads().isEmpty()
                        && mesh.identities().stream().anyMatch(identity -> !(identity.provider() instanceof Spire));
        if (!needsTrust) {
            return;
        }
        NavigableSet<String> trusted = new TreeSet<>();
        mesh.trusts().stream().map(MeshTrust::trustDomain).forEach(trusted::add);
        if (mesh.mtls() != null) {
            trusted.add(mesh.name());
        }
        for (Mesh zone : zones) {
            if (zone.name().equals(mesh.name())) {
                checkCallers(mesh, zone, trusted, sink);
            }
        }
        checkPrincipals(mesh, trusted, sink);
    }

    private static boolean verifiesByTrusts(Workload workload) {
        return workload.identity() instanceof Issued issued && !(issued.by().provider() instanceof Spire);
    }

    private static void checkCallers(Mesh callee, Mesh caller, NavigableSet<String> trusted, DiagnosticSink sink) {
        Map<String, List<Workload>> refused = new TreeMap<>();
        for (Workload workload : caller.workloads()) {
            if (workload.identity() instanceof Issued issued
                    && !trusted.contains(issued.id().trustDomain())
                    // Where that is why, it is said of the MeshTrust.
                    && StaleTrust.leftBehind(issued.by(), caller).isEmpty()) {
                refused.computeIfAbsent(issued.id().trustDomain(), none -> new ArrayList<>())
                        .add(workload);
            }
        }
        refused.forEach((trustDomain, workloads) -> {
            Workload first = workloads.getFirst();
            boolean isSameZone = callee.zone().equals(caller.zone());
            String where = isSameZone ? "" : " in the zone `" + callee.zone() + "`";
            Diagnostic finding = Diagnostic.of(
                    DiagnosticId.TRUST_MISSING,
                    first.identity() instanceof Issued issued ? issued.by().span() : first.span(),
                    "no MeshTrust" + where + " vouches for the trust domain `" + trustDomain + "`: calls of "
                            + WorkloadNames.of(workloads) + " are refused there",
                    help(callee, caller, trustDomain, first.span().file().name().endsWith(".writ")));
            sink.add(WorkloadNames.relate(finding, workloads, "its calls are refused"));
        });
    }

    private static String help(Mesh callee, Mesh caller, String trustDomain, boolean isWrit) {
        boolean isSameZone = callee.zone().equals(caller.zone());
        if (isWrit) {
            return isSameZone
                    ? "take `no-trust` out of the identity, or declare a `trust` with its CAs"
                    : "in a file with the line `mesh " + callee.name() + " zone " + callee.zone() + "` declare `trust "
                            + caller.zone() + " { domain \"" + trustDomain + "\"  bundle file \"ca.pem\" }`";
        }
        return isSameZone
                ? "add a MeshTrust with its CA bundle, or `meshTrustCreation: Enabled` to the MeshIdentity"
                : "apply the MeshTrust of the zone `" + caller.zone() + "` to the global control plane as well";
    }

    private void checkPrincipals(Mesh mesh, NavigableSet<String> trusted, DiagnosticSink sink) {
        NavigableSet<String> issued = new TreeSet<>();
        zones.stream()
                .filter(zone -> zone.name().equals(mesh.name()))
                .forEach(zone -> issued.addAll(TrustDomains.of(zone).issuers().keySet()));
        for (Permission permission : mesh.permissions()) {
            for (Rule rule : permission.rules()) {
                rule.callers()
                        .trustDomain()
                        .filter(trustDomain -> !trusted.contains(trustDomain) && !issued.contains(trustDomain))
                        .ifPresent(trustDomain -> sink.add(finding(rule, trustDomain, trusted)));
            }
        }
    }

    // A deny of callers who do not get so far is only idle.
    private static Diagnostic finding(Rule rule, String trustDomain, NavigableSet<String> trusted) {
        return Diagnostic.of(
                        DiagnosticId.TRUST_MISSING,
                        rule.pattern(),
                        "no MeshTrust vouches for the trust domain `" + trustDomain
                                + "`: its callers are refused before any rule is asked",
                        NearName.of(trustDomain, trusted)
                                .map(near -> "did you mean `" + SpiffeId.SCHEME + near + "`?")
                                .orElse(
                                        OpenPrefix.isWritFile(rule)
                                                ? "declare it, with its CAs: `trust partner { domain \"" + trustDomain
                                                        + "\"  bundle file \"ca.pem\" }`"
                                                : "add a MeshTrust with its CA bundle"))
                .withSeverity(rule.action() == Action.DENY ? Severity.NOTE : Severity.WARNING);
    }
}
