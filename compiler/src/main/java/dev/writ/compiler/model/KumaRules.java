package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.BelowId;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.CallerPattern.IdSegments;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.CallerPattern.OfWorkloads;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.spiffe.SpiffeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says rules in the words that Kuma has: a SPIFFE ID, or what one begins with, which must be a SPIFFE ID too
 * ({@code meshtrafficpermission/api/v1alpha1/validator.go} refuses a slash at its end), and a server name. What it has no word for
 * is refused.
 */
public final class KumaRules {
    private final Target target;
    private final DiagnosticSink diagnostics;
    private final CallerPrefixes prefixes;
    private final Map<List<Object>, Optional<List<String>>> known = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    /** @param zones a mesh in all its zones */
    public KumaRules(List<Mesh> zones, Target target, DiagnosticSink diagnostics) {
        this.target = target;
        this.diagnostics = diagnostics;
        this.prefixes = new CallerPrefixes(zones);
    }

    /** The meshes, with all rules in Kuma's words. */
    static List<Mesh> bind(List<Mesh> meshes, Target target, DiagnosticSink diagnostics) {
        Map<String, KumaRules> byName = new HashMap<>();
        List<Mesh> bound = new ArrayList<>();
        for (Mesh mesh : meshes) {
            KumaRules rules = byName.computeIfAbsent(
                    mesh.name(),
                    name -> new KumaRules(
                            meshes.stream()
                                    .filter(one -> one.name().equals(name))
                                    .toList(),
                            target,
                            diagnostics));
            bound.add(rules.bind(mesh));
        }
        return bound;
    }

    private Mesh bind(Mesh mesh) {
        boolean isBound = mesh.permissions().stream()
                .flatMap(permission -> permission.rules().stream())
                .allMatch(KumaRules::isSaid);
        return isBound
                ? mesh
                : mesh.withPermissions(mesh.permissions().stream()
                        .map(permission -> permission.withRules(permission.rules().stream()
                                .flatMap(rule -> said(rule).stream())
                                .toList()))
                        .toList());
    }

    private static boolean isSaid(Rule rule) {
        return rule.http() == null && isSaidOf(rule);
    }

    private static boolean isSaidOf(Rule rule) {
        return switch (rule.callers()) {
            case ExactId exact -> true;
            case NoPattern nothing -> true;
            case IdPrefix prefix -> SpiffeId.of(prefix.prefix()).isPresent();
            case AnyCaller any -> rule.serverName() != null;
            case BelowId below -> false;
            case IdSegments segments -> false;
            case OfWorkloads workloads -> false;
        };
    }

    /** The rules that together are this one; none, with a finding, if Kuma has no word for it. */
    public List<Rule> said(Rule rule) {
        if (isSaid(rule)) {
            return List.of(rule);
        }
        if (rule.http() != null) {
            refuse(
                    rule.span(),
                    "a condition on the HTTP method or path",
                    "Kuma decides by caller and server name alone");
            return List.of();
        }
        return switch (rule.callers()) {
            case BelowId below -> below(below.id(), rule);
            case IdPrefix prefix -> prefix(prefix.prefix(), rule);
            case AnyCaller any -> {
                refuse(
                        rule.pattern(),
                        "every caller",
                        "name their trust domain: `spiffe://default.default.mesh.local/**`, for example");
                yield List.of();
            }
            case IdSegments segments -> {
                refuse(
                        rule.pattern(),
                        "`*` inside a SPIFFE ID",
                        "Kuma compares a SPIFFE ID as a whole, or how it begins");
                yield List.of();
            }
            case ExactId exact -> List.of(rule);
            case NoPattern nothing -> List.of(rule);
            // INVARIANT: the SPIFFE IDs are put in their place before.
            case OfWorkloads workloads -> throw new IllegalStateException("workloads without their SPIFFE IDs");
        };
    }

    private List<Rule> prefix(String prefix, Rule rule) {
        String id = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        if (SpiffeId.of(id).isPresent()) {
            return below(id, rule);
        }
        refuse(
                rule.pattern(),
                "the prefix `" + prefix + "`, which is no SPIFFE ID",
                "Kuma takes a SPIFFE ID as a prefix, and no slash at its end");
        return List.of();
    }

    private List<Rule> below(String id, Rule rule) {
        Optional<List<String>> equal =
                known.computeIfAbsent(List.of(id, rule.action()), none -> prefixes.below(id, rule.action()));
        if (equal.isEmpty()) {
            refuse(
                    rule.pattern(),
                    "everything below `" + id
                            + "`: no prefix is equal to it over the SPIFFE IDs that the mesh's templates issue",
                    "the nearest that Kuma can say is the prefix `" + id + "`, which also matches `" + id
                            + "` itself and names that only begin like it, or the exact SPIFFE IDs");
            return List.of();
        }
        return equal.get().stream()
                .map(prefix -> rule.withCallers(new IdPrefix(prefix)))
                .toList();
    }

    // Of a rule with alternatives each is asked for.
    private void refuse(SourceSpan span, String what, String help) {
        if (!refused.add(span.place() + what)) {
            return;
        }
        diagnostics.add(
                DiagnosticId.TARGET_UNSUPPORTED, span, "the target `" + target + "` has no word for " + what, help);
    }
}
