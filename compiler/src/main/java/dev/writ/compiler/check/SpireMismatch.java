package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.SpireSetup;
import dev.writ.compiler.model.SpireSetup.Registration;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Workloads whose MeshIdentity has the provider {@code Spire}, and for whom SPIRE has another SPIFFE ID, or none. Envoy asks the
 * agent's socket for the secret that is named as the MeshIdentity's SPIFFE ID ({@code providers/spire/spire.go}), gets none, and
 * opens no connection.
 *
 * <p>What the sources do not tell is taken to agree: another ClusterSPIFFEID than those in the sources cannot be seen, so
 * without any nothing is said but that the trust domain differs.
 */
final class SpireMismatch implements Check {
    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Set<MeshIdentity> foreign = new LinkedHashSet<>();
        Map<MeshIdentity, List<Workload>> unregistered = new LinkedHashMap<>();
        Map<Registration, List<Workload>> differing = new LinkedHashMap<>();
        for (Workload workload : mesh.workloads()) {
            if (workload.identity() instanceof Issued issued
                    && issued.by().provider() instanceof IdentityProvider.Spire) {
                String trustDomain = issued.id().trustDomain();
                if (mesh.spire().trustDomain() != null
                        && !mesh.spire().trustDomain().equals(trustDomain)) {
                    foreign.add(issued.by());
                } else if (!workload.isUniversal()
                        && !mesh.spire().registrations().isEmpty()) {
                    SpirePod pod = new SpirePod(workload, mesh, trustDomain);
                    List<Registration> of = mesh.spire().registrations().stream()
                            .filter(registration -> pod.isOf(registration).orElse(true))
                            .toList();
                    if (of.isEmpty()) {
                        unregistered
                                .computeIfAbsent(issued.by(), none -> new ArrayList<>())
                                .add(workload);
                    } else if (of.stream().noneMatch(one -> isAsked(pod, one, issued))) {
                        differing
                                .computeIfAbsent(of.getFirst(), none -> new ArrayList<>())
                                .add(workload);
                    }
                }
            }
        }
        foreign.forEach(identity -> sink.add(foreign(identity, mesh.spire())));
        unregistered.forEach((identity, workloads) -> sink.add(unregistered(identity, workloads)));
        differing.forEach((registration, workloads) -> sink.add(differing(registration, workloads, mesh)));
    }

    private static boolean isAsked(SpirePod pod, Registration registration, Issued issued) {
        Optional<String> registered = pod.render(registration.template());
        return registered.isEmpty() || registered.get().equals(issued.id().toString());
    }

    private static Diagnostic foreign(MeshIdentity identity, SpireSetup spire) {
        return Diagnostic.of(
                DiagnosticId.TRUST_SPIRE_MISMATCH,
                identity.trustDomainTemplate().text().span(),
                "the trust domain of SPIRE is `" + spire.trustDomain() + "`, and this gives "
                        + (identity.trustDomain() == null ? "another" : "`" + identity.trustDomain() + "`"),
                "SPIRE issues in its own trust domain only: its agents have no certificate for such a SPIFFE ID");
    }

    private static Diagnostic unregistered(MeshIdentity identity, List<Workload> workloads) {
        Diagnostic finding = Diagnostic.of(
                DiagnosticId.TRUST_SPIRE_MISMATCH,
                workloads.getFirst().span(),
                "no ClusterSPIFFEID selects " + WorkloadNames.of(workloads) + ", for whom the MeshIdentity `"
                        + identity.name() + "` asks SPIRE",
                "without a registration the SPIRE agent has no certificate for them: no call to them or from them"
                        + " succeeds");
        return WorkloadNames.relate(finding, workloads.subList(1, workloads.size()), "and this workload")
                .withRelated(identity.span(), "the MeshIdentity");
    }

    private static Diagnostic differing(Registration registration, List<Workload> workloads, Mesh mesh) {
        Workload first = workloads.getFirst();
        if (!(first.identity() instanceof Issued issued)) {
            throw new IllegalStateException("not issued: " + first.key());
        }
        String asked = issued.id().toString();
        String registered = new SpirePod(first, mesh, issued.id().trustDomain())
                .render(registration.template())
                .orElseThrow();
        Diagnostic finding = Diagnostic.of(
                        DiagnosticId.TRUST_SPIRE_MISMATCH,
                        registration.template().text().span(),
                        "SPIRE registers `" + first.key() + "` as `" + registered + "`, and the MeshIdentity `"
                                + issued.by().name() + "` asks for `" + asked + "`",
                        "the SPIRE agent has no certificate of that name: no call to it or from it succeeds")
                .withRelated(issued.by().pathTemplate().text().span(), "what is asked for");
        return WorkloadNames.relate(finding, workloads.subList(1, workloads.size()), "and for this workload");
    }
}
