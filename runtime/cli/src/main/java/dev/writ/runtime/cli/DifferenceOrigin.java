package dev.writ.runtime.cli;

import dev.writ.compiler.envoy.kuma.KumaSnapshotDifference;
import dev.writ.compiler.envoy.kuma.KumaSnapshotDifference.Part;
import dev.writ.compiler.envoy.kuma.RuleWords;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.LegacyRule;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshService;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.source.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What in the sources a difference comes from: the rule, trust or identity it is about, else the inbound or the workload. */
record DifferenceOrigin(
        Workload workload, Mesh mesh, @Nullable KumaSnapshotDifference difference) {

    /** The first permission that the differing rules are of; null if none is. */
    @Nullable
    String permissionName() {
        return words().flatMap(words -> words.names().stream())
                .findFirst()
                .or(() -> legacy().findFirst().map(entry -> entry.permission().kri()))
                .map(name -> PermissionNames.of(mesh).shortName(name))
                .orElse(null);
    }

    /** The MeshService that a differing cluster leads to: up to 2.14 named by its parts, since then by its KRI. */
    Optional<MeshService> service() {
        return difference == null || !difference.subject().kind().equals("cluster")
                ? Optional.empty()
                : mesh.services().stream()
                        .filter(service -> isOf(service, difference.subject().name()))
                        .findFirst();
    }

    private boolean isOf(MeshService service, String cluster) {
        return cluster.startsWith(service.kri())
                || cluster.startsWith(
                        String.join("_", mesh.name(), service.name(), service.namespace(), service.zone(), "msvc", ""));
    }

    SourceSpan place() {
        return rulePlace()
                .or(() -> service().map(service -> service.resource().span()))
                .or(this::trustPlace)
                .or(this::identityPlace)
                .or(this::inboundPlace)
                .orElseGet(workload::span);
    }

    private Optional<SourceSpan> rulePlace() {
        if (difference == null || difference.part() != Part.RULE) {
            return Optional.empty();
        }
        List<String> names = words().flatMap(words -> words.names().stream()).toList();
        List<Permission> named = mesh.permissions().stream()
                .filter(permission -> names.contains(permission.kri()))
                .toList();
        List<String> values = valuesPredicted(difference);
        return named.stream()
                .flatMap(permission -> permission.rules().stream())
                .filter(rule -> values.stream().anyMatch(value -> isSaidBy(value, rule)))
                .map(Permission.Rule::pattern)
                .findFirst()
                .or(() -> named.stream().map(Permission::span).findFirst())
                .or(() -> legacy().map(entry -> entry.rule().span()).findFirst());
    }

    private record FromEntry(Permission permission, LegacyRule rule) {}

    /** The entries of `from` that name callers by what differs; Kuma does not keep which permission they stood in. */
    private Stream<FromEntry> legacy() {
        List<String> values = difference == null ? List.of() : valuesPredicted(difference);
        return mesh.permissions().stream()
                .flatMap(permission -> permission.from().stream().map(rule -> new FromEntry(permission, rule)))
                .filter(entry -> entry.rule().tags().entrySet().stream()
                        .anyMatch(tag -> values.contains("kuma://" + tag.getKey() + "/" + tag.getValue())
                                || values.contains("spiffe://" + mesh.name() + "/" + tag.getValue())));
    }

    private static boolean isSaidBy(String value, Permission.Rule rule) {
        return value.equals(rule.serverName())
                || switch (rule.callers()) {
                    case CallerPattern.ExactId exact -> exact.id().equals(value);
                    case CallerPattern.IdPrefix prefix -> prefix.prefix().equals(value);
                    case CallerPattern.BelowId below -> value.startsWith(below.id());
                    case CallerPattern.AnyCaller any -> false;
                    case CallerPattern.IdSegments segments -> false;
                    case CallerPattern.OfWorkloads workloads -> false;
                    case CallerPattern.NoPattern none -> false;
                };
    }

    /** Those that were not found; where only the action differs, or more was found, all. */
    private static List<String> valuesPredicted(KumaSnapshotDifference difference) {
        List<String> found = RuleWords.of(difference.found()).values();
        List<String> predicted = RuleWords.of(difference.predicted()).values();
        List<String> missing =
                predicted.stream().filter(value -> !found.contains(value)).toList();
        return missing.isEmpty() ? predicted : missing;
    }

    /** A SAN or a bundle is of a trust domain. */
    private Optional<SourceSpan> trustPlace() {
        if (difference == null || difference.part() != Part.SAN && difference.part() != Part.SECRET) {
            return Optional.empty();
        }
        String json = difference.predicted() + difference.found();
        return mesh.trusts().stream()
                .filter(trust -> json.contains("\"" + trust.trustDomain() + "\"")
                        || json.contains("//" + trust.trustDomain() + "/"))
                .map(MeshTrust::span)
                .findFirst();
    }

    private Optional<SourceSpan> identityPlace() {
        MeshIdentity identity = workload.identity().by();
        boolean credentials = difference != null && (difference.part() == Part.TLS || difference.part() == Part.SECRET);
        return identity != null && credentials ? Optional.of(identity.span()) : Optional.empty();
    }

    private Optional<SourceSpan> inboundPlace() {
        int port = difference == null ? 0 : difference.subject().port();
        return workload.inbounds().stream()
                .filter(inbound -> inbound.port() == port)
                .map(Inbound::span)
                .findFirst();
    }

    private Stream<RuleWords> words() {
        return difference == null || difference.part() != Part.RULE
                ? Stream.empty()
                : Stream.of(difference.predicted(), difference.found()).map(RuleWords::of);
    }
}
