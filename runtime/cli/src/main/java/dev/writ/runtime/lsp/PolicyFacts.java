package dev.writ.runtime.lsp;

import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.PermissionSelection;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.PrincipalTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an analysis knows of the policy: who is selected, who is matched, what a rule decides. */
record PolicyFacts(Analysis analysis) {

    /** An inbound of a workload. */
    record Place(Workload workload, Inbound inbound) {
        String name() {
            return workload.key().shortName() + ":" + inbound.port();
        }
    }

    /** A workload that has a SPIFFE ID. */
    record Identified(Workload workload, String spiffeId) {}

    /** A match of a permission, and its permission. */
    record Match(Permission permission, Permission.Rule rule) {}

    List<Workload> workloads() {
        return analysis.model().workloads();
    }

    List<Identified> identified() {
        List<Identified> identified = new ArrayList<>();
        for (Workload workload : workloads()) {
            if (workload.identity() instanceof Issued issued) {
                identified.add(new Identified(workload, issued.id().toString()));
            }
        }
        return identified;
    }

    /** The workloads that this MeshIdentity selects, with or without an ID. */
    List<Workload> selectedBy(MeshIdentityResource identity) {
        return workloads().stream()
                .filter(workload -> workload.identity().by() != null
                        && workload.identity().by().span().equals(identity.span()))
                .toList();
    }

    List<Workload> withLabel(String key, String value) {
        return workloads().stream()
                .filter(workload -> value.equals(workload.labels().get(key)))
                .toList();
    }

    List<Workload> named(String name) {
        return workloads().stream()
                .filter(workload -> workload.key().shortName().equals(name)
                        || workload.key().name().equals(name))
                .toList();
    }

    /** Those that a caller or callee of a step means. */
    List<Workload> meant(String nameOrId) {
        List<Workload> named = named(nameOrId);
        return named.isEmpty()
                ? identified().stream()
                        .filter(one -> one.spiffeId().equals(nameOrId))
                        .map(Identified::workload)
                        .toList()
                : named;
    }

    /** The workloads among the callers that an entry of a group names. */
    List<Identified> members(CallerMatch member) {
        return identified().stream()
                .filter(one -> MemberTest.holds(member, one))
                .toList();
    }

    /** The workloads that a resource is, or is a part of. */
    List<Workload> of(Resource resource) {
        return workloads().stream()
                .filter(workload -> workload.span().equals(resource.span())
                        || workload.span().equals(resource.metadata().name().span()))
                .toList();
    }

    Optional<Match> match(SourceSpan rule) {
        for (Mesh mesh : analysis.model().meshes()) {
            for (Permission permission : mesh.permissions()) {
                for (Permission.Rule one : permission.rules()) {
                    if (one.span().equals(rule)) {
                        return Optional.of(new Match(permission, one));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Where a permission applies. */
    List<Place> reached(SourceSpan permission) {
        List<Place> places = new ArrayList<>();
        for (Mesh mesh : analysis.model().meshes()) {
            PermissionSelection selection = new PermissionSelection(mesh);
            for (Workload workload : mesh.workloads()) {
                for (Inbound inbound : workload.inbounds()) {
                    if (selection.select(workload, inbound).stream()
                            .anyMatch(one -> one.span().equals(permission))) {
                        places.add(new Place(workload, inbound));
                    }
                }
            }
        }
        return places;
    }

    /** The workloads whose SPIFFE IDs a match is about, whatever other rules say. */
    List<Identified> matched(SourceSpan rule) {
        List<Rule> lowered = analysis.policy().workloads().stream()
                .flatMap(workload -> workload.inbounds().stream())
                .flatMap(inbound -> inbound.enforced().rules().stream())
                .filter(one -> one.origin().span().equals(rule))
                .toList();
        return identified().stream()
                .filter(caller ->
                        lowered.stream().anyMatch(one -> PrincipalTest.holds(one.principal(), caller.spiffeId())))
                .toList();
    }

    /** Of these callers those whose call to an inbound this match decides: a call such as it is about. */
    List<Identified> decided(Match match, Place place, List<Identified> callers) {
        ModelJudge judge = new ModelJudge(analysis.policy());
        return callers.stream()
                .filter(caller -> Objects.equals(
                        judge.explain(call(caller, place, match.rule())).origin(),
                        match.rule().span()))
                .toList();
    }

    /** The workloads that may call an inbound, with GET and the root path where that matters. */
    List<Identified> callers(Place place) {
        ModelJudge judge = new ModelJudge(analysis.policy());
        return identified().stream()
                .filter(caller -> switch (judge.judge(call(caller, place, null, null, null))
                        .decision()) {
                    case ALLOW -> true;
                    case DENY, UNKNOWN -> false;
                })
                .toList();
    }

    List<Place> inbounds(Workload workload) {
        return workload.inbounds().stream()
                .map(inbound -> new Place(workload, inbound))
                .toList();
    }

    /** The labels that workloads have, each with its values. */
    Map<String, SortedSet<String>> labels() {
        Map<String, SortedSet<String>> labels = new TreeMap<>();
        workloads()
                .forEach(workload -> workload.labels()
                        .forEach((key, value) -> labels.computeIfAbsent(key, none -> new TreeSet<>())
                                .add(value)));
        return labels;
    }

    private static Call call(Identified caller, Place place, Permission.Rule rule) {
        Permission.HttpCalls http = rule.http();
        String method =
                http == null || http.methods().isEmpty() ? null : http.methods().getFirst();
        return call(caller, place, rule.serverName(), method, http == null ? null : http.path());
    }

    private static Call call(
            Identified caller,
            Place place,
            @Nullable String serverName,
            @Nullable String method,
            @Nullable String path) {
        return new Call(
                new Caller.Certificate(List.of(caller.spiffeId())),
                place.workload().key(),
                place.inbound().port(),
                serverName,
                method,
                path);
    }
}
