package dev.writ.compiler.ir;

import dev.writ.compiler.ir.InboundPolicy.Form;
import dev.writ.compiler.ir.PermissionRules.Entry;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A version of Kuma ({@code meshtrafficpermission/plugin} and {@code xds/rbac_configurer.go}), in merge order:
 *
 * <table><caption>the order of {@code rules}</caption>
 * <tr><td>since 2.14</td><td>the denies of all entries, then entry by entry its allows and its allows with shadow deny</td></tr>
 * <tr><td>before</td><td>entry by entry its denies, its allows and its allows with shadow deny: an allow hides a later deny</td></tr>
 * </table>
 *
 * <p>Deny by default. The shadow rules, where some entry has any, deny by default too, so that whoever is not named in them counts
 * as denied in the shadow.
 *
 * <p>Up to 2.14 an inbound without {@code rules} goes by its {@code from}; since 2.14 not if the workload has an identity. Any
 * {@code rules} put all {@code from} out of force.
 */
final class KumaLowering implements MeshLowering {
    private final Target target;
    private final KumaAdmission admission;
    private final LegacyRules legacyRules;
    private final IdentityHashMap<Permission, PermissionRules> byPermission = new IdentityHashMap<>();
    private final IdentityHashMap<List<Permission>, LoweredRules> bySelection = new IdentityHashMap<>();
    private final IdentityHashMap<List<Permission>, LoweredRules> legacyBySelection = new IdentityHashMap<>();

    KumaLowering(Mesh mesh, Target target) {
        this.target = target;
        this.admission = new KumaAdmission(mesh, target);
        this.legacyRules = new LegacyRules(mesh.name());
    }

    @Override
    public InboundPolicy lower(Workload workload, Inbound inbound, List<Permission> permissions) {
        Optional<Admission> doubtful = Undecided.doubtful(workload, inbound);
        Admission admitted = doubtful.orElseGet(() -> admission.of(workload, inbound));
        if (isLegacy(workload, permissions)) {
            return legacy(workload, inbound, permissions, admitted);
        }
        LoweredRules rules = bySelection.computeIfAbsent(permissions, this::rules);
        boolean isRefused = doubtful.isEmpty() && rules.emptyMatch().isPresent() && hasRules(admitted);
        return rules.of(
                inbound,
                isRefused ? Undecided.emptyMatch(workload, rules.emptyMatch().get()) : admitted);
    }

    private InboundPolicy legacy(Workload workload, Inbound inbound, List<Permission> permissions, Admission admitted) {
        Optional<LoweredRules> known = Optional.ofNullable(legacyBySelection.get(permissions));
        Optional<LoweredRules> rules = known.or(() -> legacyRules.lower(permissions));
        rules.ifPresent(found -> legacyBySelection.put(permissions, found));
        return rules.map(found -> found.of(inbound, admitted))
                .orElseGet(() -> LegacyRules.NONE.of(inbound, Undecided.manyTags(workload, permissions)));
    }

    private boolean isLegacy(Workload workload, List<Permission> permissions) {
        return target.isKuma2()
                && !(target == Target.KUMA_2_14 && workload.identity() instanceof Issued)
                && permissions.stream()
                        .allMatch(permission -> permission.rules().isEmpty());
    }

    private static boolean hasRules(Admission admission) {
        return switch (admission) {
            case Admission.MutualTls tls -> true;
            case Admission.Permissive permissive -> true;
            case Admission.Plaintext plaintext -> false;
            case Admission.Undecidable open -> false;
        };
    }

    private PermissionRules rules(Permission permission) {
        return byPermission.computeIfAbsent(permission, key -> PermissionRules.of(key, rule -> key.kri()));
    }

    private LoweredRules rules(List<Permission> permissions) {
        List<Entry> entries = permissions.stream()
                .flatMap(permission -> rules(permission).entries().stream())
                .toList();
        List<Rule> enforced = new ArrayList<>();
        boolean isDenyFirst = target.isKumaSince(Target.KUMA_2_14);
        if (isDenyFirst) {
            entries.forEach(entry -> enforced.addAll(entry.deny()));
        }
        for (Entry entry : entries) {
            if (!isDenyFirst) {
                enforced.addAll(entry.deny());
            }
            enforced.addAll(entry.allow());
            enforced.addAll(entry.shadowDeny());
        }
        List<Rule> shadow = new ArrayList<>();
        entries.forEach(entry -> shadow.addAll(entry.shadow()));
        return new LoweredRules(
                Form.MATCHER,
                new RuleList(enforced, Action.DENY),
                shadow.isEmpty() ? Optional.empty() : Optional.of(new RuleList(shadow, Action.DENY)),
                permissions.stream()
                        .flatMap(permission -> rules(permission).emptyMatch().stream())
                        .findFirst());
    }
}
