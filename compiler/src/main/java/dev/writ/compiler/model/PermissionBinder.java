package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.MergeOrder.Ranked;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.syntax.MatchSyntax;
import dev.writ.compiler.syntax.MatchSyntax.BelowMatch;
import dev.writ.compiler.syntax.MatchSyntax.CallerAndServerNameMatch;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.MatchSyntax.EmptyMatch;
import dev.writ.compiler.syntax.MatchSyntax.ExactMatch;
import dev.writ.compiler.syntax.MatchSyntax.PrefixMatch;
import dev.writ.compiler.syntax.MatchSyntax.ServerNameMatch;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.RuleSyntax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Binds permissions to their meshes, in Kuma's merge order. */
final class PermissionBinder {
    private final ModelOptions options;
    private final ZoneFilter zones;
    private final DiagnosticSink diagnostics;
    private final SortedMap<String, List<Ranked<Permission>>> byMesh = new TreeMap<>();

    PermissionBinder(ModelOptions options, ZoneFilter zones, DiagnosticSink diagnostics) {
        this.options = options;
        this.zones = zones;
        this.diagnostics = diagnostics;
    }

    /** The permissions of each mesh, lowest first. */
    SortedMap<String, List<Permission>> bind(Sources sources) {
        sources.permissions.forEach(this::bind);
        sources.featurePermissions.forEach(this::bind);
        SortedMap<String, List<Permission>> sorted = new TreeMap<>();
        byMesh.forEach((mesh, ranked) -> sorted.put(
                mesh,
                ranked.stream()
                        .sorted(MergeOrder.lowestFirst(options.target()))
                        .map(Ranked::policy)
                        .toList()));
        return sorted;
    }

    private void bind(Placed<PermissionResource> placed) {
        Metadata metadata = placed.metadata();
        if ("shadow".equals(metadata.label(KumaLabels.EFFECT))) {
            diagnostics.add(Diagnostic.of(
                    DiagnosticId.SOURCE_IGNORED,
                    metadata.labelSpan(KumaLabels.EFFECT),
                    "the permission `" + placed.name() + "` only tries out what it would do, and decides nothing"));
            return;
        }
        if (!zones.isLocal("MeshTrafficPermission", metadata)) {
            return;
        }
        PermissionResource resource = placed.resource();
        Permission permission = new Permission(
                placed.name(),
                placed.namespace().isEmpty() ? null : placed.namespace(),
                PolicyRole.ownNamespaceOnly(placed, PolicyRole.of(placed, options)),
                placed.zone(),
                resource.targetRef(),
                rules(resource.rules()),
                LegacyRule.of(resource.from()),
                placed.kri("mtp"),
                resource.span());
        file(placed.mesh(), PolicyRole.ranked(placed, options, resource.targetRef(), permission));
    }

    // Kuma has no such thing. It is named and ordered as if its zone's control plane had it, mesh-wide.
    private void bind(PermissionResource ofFeature) {
        String mesh = Sources.meshOf(ofFeature.metadata());
        String name = ofFeature.metadata().name().value();
        Permission permission = new Permission(
                name,
                null,
                null,
                null,
                ofFeature.targetRef(),
                rules(ofFeature.rules()),
                LegacyRule.of(ofFeature.from()),
                String.join("_", "kri", "mtp", mesh, options.zone(), "", name, ""),
                ofFeature.span());
        file(
                mesh,
                new Ranked<>(permission, ofFeature.targetRef(), "zone", PolicyRole.SYSTEM, name, "", ofFeature.span()));
    }

    private void file(String mesh, Ranked<Permission> permission) {
        byMesh.computeIfAbsent(mesh, none -> new ArrayList<>()).add(permission);
    }

    private static List<Rule> rules(List<RuleSyntax> entries) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            List<Rule> ofEntry = new ArrayList<>();
            add(ofEntry, Action.DENY, entries.get(i).deny(), i);
            add(ofEntry, Action.SHADOW_DENY, entries.get(i).allowWithShadowDeny(), i);
            add(ofEntry, Action.ALLOW, entries.get(i).allow(), i);
            ofEntry.sort(Comparator.comparing(Rule::span));
            rules.addAll(ofEntry);
        }
        return rules;
    }

    private static void add(List<Rule> rules, Action action, List<MatchSyntax> matches, int entry) {
        for (MatchSyntax match : matches) {
            rules.add(
                    switch (match) {
                        case CallerMatch caller ->
                            new Rule(
                                    action,
                                    callers(caller),
                                    entry,
                                    match.span(),
                                    caller.pattern().span());
                        case ServerNameMatch name ->
                            new Rule(
                                    action,
                                    new AnyCaller(),
                                    name.serverName().value(),
                                    entry,
                                    match.span(),
                                    match.span());
                        case CallerAndServerNameMatch both ->
                            new Rule(
                                    action,
                                    callers(both.caller()),
                                    both.serverName().serverName().value(),
                                    entry,
                                    match.span(),
                                    both.caller().pattern().span());
                        case EmptyMatch empty -> new Rule(action, new NoPattern(), entry, match.span(), match.span());
                    });
        }
    }

    private static CallerPattern callers(CallerMatch match) {
        String text = match.pattern().value();
        return switch (match) {
            case ExactMatch exact -> new ExactId(text);
            case PrefixMatch prefix -> new IdPrefix(text);
            case BelowMatch below -> new BelowId(text);
        };
    }
}
