package dev.writ.compiler.ir;

import dev.writ.compiler.ir.InboundPolicy.Form;
import dev.writ.compiler.ir.PermissionRules.Entry;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The target {@code envoy}: deny, then shadow-deny (an allow that is also reported), then allow, whatever the order of the
 * permissions; deny by default. Within an action the rules keep Kuma's merge order, on which only the name of the deciding rule
 * depends.
 *
 * <p>Shadow rules are there only if some permission has a shadow-deny: those denies, allow by default.
 */
final class EnvoyLowering implements MeshLowering {
    private final EnvoyAdmission admission;
    private final IdentityHashMap<Permission, PermissionRules> byPermission = new IdentityHashMap<>();
    private final IdentityHashMap<List<Permission>, LoweredRules> bySelection = new IdentityHashMap<>();

    EnvoyLowering(Mesh mesh) {
        this.admission = new EnvoyAdmission(mesh);
    }

    @Override
    public InboundPolicy lower(Workload workload, Inbound inbound, List<Permission> permissions) {
        LoweredRules rules = bySelection.computeIfAbsent(permissions, this::rules);
        return rules.of(
                inbound,
                Undecided.doubtful(workload, inbound)
                        .or(() -> rules.emptyMatch().map(match -> Undecided.emptyMatch(workload, match)))
                        .orElseGet(() -> admission.of(workload, inbound, permissions)));
    }

    private PermissionRules rules(Permission permission) {
        return byPermission.computeIfAbsent(
                permission,
                key -> PermissionRules.of(key, rule -> Origin.withReason(key.qualifiedName(), rule.because())));
    }

    private LoweredRules rules(List<Permission> permissions) {
        List<Entry> entries = permissions.stream()
                .flatMap(permission -> rules(permission).entries().stream())
                .toList();
        List<Rule> enforced = new ArrayList<>();
        entries.forEach(entry -> enforced.addAll(entry.deny()));
        entries.forEach(entry -> enforced.addAll(entry.shadowDeny()));
        entries.forEach(entry -> enforced.addAll(entry.allow()));
        List<Rule> shadow = new ArrayList<>();
        entries.forEach(entry -> shadow.addAll(entry.shadow()));
        return new LoweredRules(
                Form.MATCHER,
                new RuleList(enforced, Action.DENY),
                shadow.isEmpty() ? Optional.empty() : Optional.of(new RuleList(shadow, Action.ALLOW)),
                permissions.stream()
                        .flatMap(permission -> rules(permission).emptyMatch().stream())
                        .findFirst());
    }
}
