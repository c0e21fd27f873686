package dev.writ.compiler.resource;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.KumaRules;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Permissions as MeshTrafficPermissions, whose names, prefixes and targets are those that Kuma takes. */
final class PermissionResources {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final ResourceFrame frame;
    private final DiagnosticSink refusals;
    private final KumaRules rules;
    private final TargetResources targets;
    private final Map<String, SourceSpan> names = new HashMap<>();

    /** @param zones the mesh in all its zones */
    PermissionResources(Mesh mesh, List<Mesh> zones, ResourceFrame frame, DiagnosticSink refusals) {
        this.frame = frame;
        this.refusals = refusals;
        this.rules = new KumaRules(zones, Target.RESOURCES, refusals);
        this.targets = new TargetResources(mesh, refusals);
    }

    Map<String, Object> of(Permission permission) {
        String namespace =
                permission.ownNamespaceOnly() == null ? permission.namespace() : permission.ownNamespaceOnly();
        requireName(permission, namespace);
        if (!permission.from().isEmpty()) {
            refuse(
                    permission.from().getFirst().span(),
                    "`from`, which Kuma 3 no longer has",
                    "write `rules` with SPIFFE IDs");
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("targetRef", targets.of(permission));
        spec.put("rules", entries(permission));
        return frame.annotated(
                frame.around("MeshTrafficPermission", permission.name(), namespace, labels(permission), spec),
                "writ.dev/because",
                reasons(permission));
    }

    /** Why there are its rules: one reason that all share, or each with its rule. */
    private static String reasons(Permission permission) {
        List<String> all = permission.rules().stream()
                .map(rule -> Objects.requireNonNullElse(rule.because(), ""))
                .distinct()
                .toList();
        if (all.size() == 1) {
            return all.getFirst();
        }
        return permission.rules().stream()
                .filter(rule -> rule.because() != null)
                .map(rule -> rule.span().text() + ": " + rule.because())
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private void requireName(Permission permission, @Nullable String namespace) {
        if (!NAME.matcher(permission.name()).matches()) {
            refuse(
                    permission.span(),
                    "`" + permission.name() + "`, which is no name of a Kubernetes object",
                    "small letters, digits, `-` and `.`");
        }
        SourceSpan before = names.putIfAbsent(namespace + "/" + permission.name(), permission.span());
        if (before != null) {
            refuse(
                    permission.span(),
                    "a second permission of the name `" + permission.name() + "`",
                    "rename one of them");
        }
    }

    /** Kuma knows by labels which policies came from the global control plane; on Kubernetes the namespace says the rest. */
    private Map<String, String> labels(Permission permission) {
        Map<String, String> labels = new TreeMap<>();
        if (frame.isUniversal() && permission.ownNamespaceOnly() != null) {
            labels.put("kuma.io/policy-role", "workload-owner");
            labels.put("k8s.kuma.io/namespace", permission.ownNamespaceOnly());
        }
        return labels;
    }

    private List<Map<String, Object>> entries(Permission permission) {
        Map<Integer, List<Rule>> byEntry = new TreeMap<>();
        permission
                .rules()
                .forEach(rule -> byEntry.computeIfAbsent(rule.entry(), none -> new ArrayList<>())
                        .add(rule));
        List<Map<String, Object>> entries = new ArrayList<>();
        for (List<Rule> rules : byEntry.values()) {
            Map<String, Object> lists = new LinkedHashMap<>();
            put(lists, "deny", Permission.Action.DENY, rules);
            put(lists, "allowWithShadowDeny", Permission.Action.SHADOW_DENY, rules);
            put(lists, "allow", Permission.Action.ALLOW, rules);
            entries.add(Map.of("default", lists));
        }
        return entries;
    }

    private void put(Map<String, Object> lists, String name, Permission.Action action, List<Rule> rules) {
        List<Map<String, Object>> matches = rules.stream()
                .filter(rule -> rule.action() == action)
                .flatMap(rule -> matches(rule).stream())
                .toList();
        if (!matches.isEmpty()) {
            lists.put(name, matches);
        }
    }

    private List<Map<String, Object>> matches(Rule rule) {
        if (rule.callers() instanceof NoPattern) {
            refuse(rule.span(), "a match without a condition", "name the callers");
            return List.of();
        }
        return rules.said(rule).stream().map(PermissionResources::match).toList();
    }

    private static Map<String, Object> match(Rule rule) {
        return switch (rule.callers()) {
            case ExactId exact -> match(Map.of("spiffeID", spiffeId("Exact", exact.id())), rule);
            case IdPrefix prefix -> match(Map.of("spiffeID", spiffeId("Prefix", prefix.prefix())), rule);
            case AnyCaller any -> match(Map.of(), rule);
            case NoPattern nothing -> match(Map.of(), rule);
            // INVARIANT: Kuma has no word for these, and they were refused or said in others.
            case BelowId below -> throw new IllegalStateException("not said in Kuma's words: " + below);
            case CallerPattern.IdSegments segments ->
                throw new IllegalStateException("not said in Kuma's words: " + segments);
            case CallerPattern.OfWorkloads workloads ->
                throw new IllegalStateException("not said in Kuma's words: " + workloads);
        };
    }

    private static Map<String, Object> match(Map<String, Object> callers, Rule rule) {
        Map<String, Object> match = new LinkedHashMap<>(callers);
        if (rule.serverName() != null) {
            match.put("sni", spiffeId("Exact", rule.serverName()));
        }
        return match;
    }

    private static Map<String, Object> spiffeId(String type, String value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("value", value);
        return fields;
    }

    private void refuse(SourceSpan span, String what, String help) {
        refusals.add(DiagnosticId.TARGET_UNSUPPORTED, span, "the target `resources` has no word for " + what, help);
    }
}
