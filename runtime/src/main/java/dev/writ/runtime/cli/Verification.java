package dev.writ.runtime.cli;

import dev.writ.compiler.envoy.kuma.KumaSnapshotDifference;
import dev.writ.compiler.envoy.kuma.KumaSnapshotDifference.Part;
import dev.writ.compiler.envoy.kuma.ProxyDump;
import dev.writ.compiler.envoy.kuma.RuleWords;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A proxy's config held against what was predicted for it.
 *
 * @param difference the first one; null where there is none
 */
record Verification(
        Workload workload,
        Mesh mesh,
        ProxyDump dump,
        @Nullable KumaSnapshotDifference difference) {

    boolean isEqual() {
        return difference == null && dump.refused().isEmpty() && dump.warming().isEmpty();
    }

    /** What is not as predicted: {@code rule}, {@code san}, …; {@code refused}, {@code warming}; null where nothing is. */
    @Nullable
    String part() {
        if (!dump.refused().isEmpty()) {
            return "refused";
        }
        if (difference != null) {
            return difference.part().name().toLowerCase(Locale.ROOT);
        }
        return dump.warming().isEmpty() ? null : "warming";
    }

    /** In one sentence. */
    String message() {
        if (!dump.refused().isEmpty()) {
            ProxyDump.Refused refused = dump.refused().get(0);
            return "Envoy refused the listener `" + refused.listener() + "`, and what it had stays in force: "
                    + refused.details();
        }
        KumaSnapshotDifference at = difference;
        if (at == null) {
            return dump.warming().isEmpty()
                    ? "as predicted"
                    : "the listener `" + dump.warming().get(0)
                            + "` still waits for its secrets, and what it had stays in force; what it waits with is as predicted";
        }
        String permission = permissionName();
        String what = at.part() == Part.RULE
                ? permission == null ? "a rule" : "a rule of `" + permission + "`"
                : "this " + at.part().name().toLowerCase(Locale.ROOT);
        if (at.predicted().isEmpty()) {
            return what + " was not predicted";
        }
        return what + (at.found().isEmpty() ? " is missing" : " is another than predicted");
    }

    @Nullable
    String where() {
        return difference == null || !dump.refused().isEmpty() ? null : difference.where();
    }

    @Nullable
    String predicted() {
        return where() == null || difference == null ? null : words(difference.predicted());
    }

    @Nullable
    String found() {
        return where() == null || difference == null ? null : words(difference.found());
    }

    /** The permission that the differing rule belongs to; null if it is about none. */
    @Nullable
    String permissionName() {
        return configNames()
                .findFirst()
                .map(name -> PermissionNames.of(mesh).shortName(name))
                .orElse(null);
    }

    /** Where the source says what was predicted. */
    SourceSpan place() {
        return rulePlace().or(this::trustPlace).orElseGet(this::workloadPlace);
    }

    private Optional<SourceSpan> rulePlace() {
        if (where() == null) {
            return Optional.empty();
        }
        List<Permission> named = configNames()
                .flatMap(name -> mesh.permissions().stream()
                        .filter(permission -> permission.kri().equals(name)))
                .toList();
        List<String> values = valuesOnlyPredicted();
        return named.stream()
                .flatMap(permission -> permission.rules().stream())
                .filter(rule -> values.stream().anyMatch(value -> isSaidBy(value, rule)))
                .map(Permission.Rule::pattern)
                .findFirst()
                .or(() -> named.stream().map(Permission::span).findFirst());
    }

    private static boolean isSaidBy(String value, Permission.Rule rule) {
        return value.equals(rule.serverName())
                || switch (rule.callers()) {
                    case CallerPattern.ExactId exact -> exact.id().equals(value);
                    case CallerPattern.IdPrefix prefix -> prefix.prefix().equals(value);
                    case CallerPattern.BelowId below -> value.startsWith(below.id());
                    case CallerPattern.AnyCaller any -> false;
                    case CallerPattern.NoPattern none -> false;
                };
    }

    /** A SAN or a bundle is of a trust domain. */
    private Optional<SourceSpan> trustPlace() {
        String json = difference == null ? "" : difference.predicted() + difference.found();
        return mesh.trusts().stream()
                .filter(trust -> where() != null && json.contains(trust.trustDomain()))
                .map(MeshTrust::span)
                .findFirst();
    }

    private SourceSpan workloadPlace() {
        MeshIdentity identity = workload.identity().by();
        boolean credentials = difference != null && (difference.part() == Part.TLS || difference.part() == Part.SECRET);
        return identity != null && credentials ? identity.span() : workload.span();
    }

    private Stream<String> configNames() {
        return difference == null || difference.part() != Part.RULE
                ? Stream.empty()
                : Stream.of(difference.predicted(), difference.found())
                        .flatMap(json -> RuleWords.of(json).stream())
                        .flatMap(rule -> Stream.ofNullable(rule.name()));
    }

    private List<String> valuesOnlyPredicted() {
        if (difference == null) {
            return List.of();
        }
        List<String> found = values(difference.found());
        return values(difference.predicted()).stream()
                .filter(value -> !found.contains(value))
                .toList();
    }

    private static List<String> values(String json) {
        return RuleWords.of(json).map(RuleWords::values).orElse(List.of());
    }

    private static String words(String json) {
        return json.isEmpty()
                ? "nothing"
                : RuleWords.of(json).map(RuleWords::text).orElse(json);
    }
}
