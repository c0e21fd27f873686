package dev.writ.compiler.check;

import dev.writ.compiler.analysis.IssuableIds;
import dev.writ.compiler.ir.CallerPrincipal;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.IdSegments;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.CallerPattern.OfWorkloads;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which rules of a mesh are about somebody: whose SPIFFE IDs a template can give, or a CA from elsewhere sign, in any of its zones.
 * A trust domain of which the mesh knows nothing is {@link MissingTrust}'s to report, and nothing is said of it here.
 */
final class IssuableCallers {
    private final List<Mesh> zones;
    private final NavigableSet<String> inventory = new TreeSet<>();
    private final Set<String> issuing;
    private final IssuableIds ids;
    private final Map<CallerPattern, Boolean> nobody = new HashMap<>();

    /** @param meshes all of the model */
    IssuableCallers(Mesh mesh, List<Mesh> meshes) {
        zones = meshes.stream().filter(one -> one.name().equals(mesh.name())).toList();
        ids = IssuableIds.of(zones);
        Set<String> ofWorkloads = new TreeSet<>();
        for (Mesh zone : zones) {
            for (Workload workload : zone.workloads()) {
                if (workload.identity() instanceof Issued issued) {
                    inventory.add(issued.id().toString());
                    ofWorkloads.add(issued.id().trustDomain());
                }
            }
        }
        boolean isEmpty = zones.stream().allMatch(zone -> zone.workloads().isEmpty());
        // Where templates fail for all workloads, that is the finding.
        issuing = zones.stream()
                .flatMap(zone -> TrustDomains.of(zone).issuers().keySet().stream())
                .filter(trustDomain -> isEmpty || ofWorkloads.contains(trustDomain))
                // Certificates of builtin mTLS have several URI SANs: what Envoy compares is no SPIFFE ID.
                .filter(trustDomain ->
                        zones.stream().allMatch(zone -> zone.mtls() == null) || !trustDomain.equals(mesh.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether nobody can ever have such a SPIFFE ID. */
    boolean isNobody(Rule rule) {
        return nobody.computeIfAbsent(rule.callers(), this::isNobody);
    }

    private boolean isNobody(CallerPattern callers) {
        Optional<String> trustDomain = callers.trustDomain();
        return switch (callers) {
            case AnyCaller any -> false;
            case NoPattern nothing -> false;
            case OfWorkloads workloads -> false;
            case ExactId exact -> isIssuing(trustDomain) && !inventory.contains(exact.id()) && !isIssuable(callers);
            case IdPrefix prefix -> isIssuing(trustDomain) && !isBegun(prefix.prefix()) && !isIssuable(callers);
            case BelowId below -> isIssuing(trustDomain) && !isBegun(below.id() + "/") && !isIssuable(callers);
            case IdSegments segments ->
                (trustDomain.isEmpty() ? !issuing.isEmpty() : isIssuing(trustDomain)) && !isIssuable(callers);
        };
    }

    private boolean isIssuable(CallerPattern callers) {
        return ids.meets(CallerPrincipal.of(callers));
    }

    private boolean isBegun(String prefix) {
        String first = inventory.ceiling(prefix);
        return first != null && first.startsWith(prefix);
    }

    private boolean isIssuing(Optional<String> trustDomain) {
        return trustDomain.filter(issuing::contains).isPresent();
    }

    /** The MeshIdentities that issue in the trust domain of a rule; all of the mesh where it has none of its own. */
    List<MeshIdentity> issuersFor(Rule rule) {
        Optional<String> trustDomain = rule.callers().trustDomain();
        return zones.stream()
                .flatMap(zone ->
                        trustDomain.map(one -> TrustDomains.of(zone).issuersOf(one)).orElse(zone.identities()).stream())
                .distinct()
                .toList();
    }
}
