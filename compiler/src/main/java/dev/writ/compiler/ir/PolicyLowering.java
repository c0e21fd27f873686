package dev.writ.compiler.ir;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Undecidable;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.PermissionSelection;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.Workload.Doubt;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Lowers a model to the rules of the {@code envoy} target: mutual TLS with the mesh's trust domains, then deny, shadow-deny (an
 * allow that is also reported) and allow, whatever the order of the permissions; deny by default. Within an action the rules keep
 * Kuma's merge order, in which alone the name of the deciding rule depends.
 *
 * <p>Shadow rules are there only if some permission has a shadow-deny: those denies, allow by default.
 */
public final class PolicyLowering {
    /** What the permissions of an inbound come to. */
    private record Lowered(RuleList enforced, Optional<RuleList> shadow) {}

    /** The rules of one permission by action: made once, however many inbounds it applies to. */
    private record RulesByAction(List<Rule> deny, List<Rule> shadowDeny, List<Rule> shadow, List<Rule> allow) {}

    private final Mesh mesh;
    private final PermissionSelection selection;
    private final IdentityHashMap<Permission, RulesByAction> byPermission = new IdentityHashMap<>();
    private final IdentityHashMap<List<Permission>, Lowered> bySelection = new IdentityHashMap<>();

    private PolicyLowering(Mesh mesh) {
        this.mesh = mesh;
        this.selection = new PermissionSelection(mesh);
    }

    /** The policy of all workloads of a model. */
    public static MeshPolicy lower(MeshModel model) {
        List<WorkloadPolicy> policies = new ArrayList<>();
        for (Mesh mesh : model.meshes()) {
            PolicyLowering lowering = new PolicyLowering(mesh);
            mesh.workloads().forEach(workload -> policies.add(lowering.lower(workload)));
        }
        policies.sort(Comparator.comparing(policy -> policy.workload().key()));
        return new MeshPolicy(model.target(), policies);
    }

    private WorkloadPolicy lower(Workload workload) {
        List<InboundPolicy> inbounds = new ArrayList<>();
        for (Inbound inbound : workload.inbounds()) {
            Lowered lowered = bySelection.computeIfAbsent(selection.select(workload, inbound), this::lower);
            inbounds.add(
                    new InboundPolicy(inbound, admission(workload, inbound), lowered.enforced(), lowered.shadow()));
        }
        return new WorkloadPolicy(workload, inbounds);
    }

    private Admission admission(Workload workload, Inbound inbound) {
        for (Doubt doubt : workload.doubts()) {
            if (doubt.port() == 0 || doubt.port() == inbound.port()) {
                return new Undecidable(unsupported(workload, doubt));
            }
        }
        return switch (workload.identity()) {
            case Absent absent -> new Undecidable(withoutIdentity(workload, absent));
            case Issued issued -> mutualTls(workload);
        };
    }

    private static Diagnostic unsupported(Workload workload, Doubt doubt) {
        Diagnostic finding = Diagnostic.of(
                DiagnosticId.TARGET_UNSUPPORTED,
                doubt.span(),
                "nothing certain can be said of calls to `" + workload.key() + "`: " + doubt.reason());
        return doubt.span().equals(workload.span()) ? finding : finding.withRelated(workload.span(), "this workload");
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

    private Admission mutualTls(Workload workload) {
        List<String> trustDomains = mesh.trusts().stream()
                .map(MeshTrust::trustDomain)
                .distinct()
                .sorted()
                .toList();
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
        return new MutualTls(trustDomains, prefixes, true);
    }

    private Lowered lower(List<Permission> permissions) {
        List<Rule> enforced = new ArrayList<>();
        List<Rule> shadow = new ArrayList<>();
        List<RulesByAction> all = permissions.stream()
                .map(permission -> byPermission.computeIfAbsent(permission, PolicyLowering::byAction))
                .toList();
        all.forEach(rules -> enforced.addAll(rules.deny()));
        all.forEach(rules -> enforced.addAll(rules.shadowDeny()));
        all.forEach(rules -> enforced.addAll(rules.allow()));
        all.forEach(rules -> shadow.addAll(rules.shadow()));
        return new Lowered(
                new RuleList(enforced, Action.DENY),
                shadow.isEmpty() ? Optional.empty() : Optional.of(new RuleList(shadow, Action.ALLOW)));
    }

    private static RulesByAction byAction(Permission permission) {
        RulesByAction rules =
                new RulesByAction(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Permission.Rule rule : permission.rules()) {
            switch (rule.action()) {
                case DENY -> rules.deny().add(rule(Action.DENY, rule, permission));
                case SHADOW_DENY -> {
                    rules.shadowDeny().add(rule(Action.ALLOW, rule, permission));
                    rules.shadow().add(rule(Action.DENY, rule, permission));
                }
                case ALLOW -> rules.allow().add(rule(Action.ALLOW, rule, permission));
            }
        }
        return rules;
    }

    private static Rule rule(Action action, Permission.Rule rule, Permission permission) {
        return new Rule(
                action, principal(rule.callers()), List.of(), new Origin(permission.qualifiedName(), rule.span()));
    }

    private static Principal principal(CallerPattern callers) {
        return switch (callers) {
            case AnyCaller any -> new Always();
            case NoPattern nothing -> throw new IllegalStateException("an empty match is refused by the reader");
            case ExactId exact -> new Exact(exact.id());
            case IdPrefix prefix -> prefix.prefix().isEmpty() ? new Always() : new Prefix(prefix.prefix());
            case BelowId below -> new Prefix(below.id() + "/");
        };
    }
}
