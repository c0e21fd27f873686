package dev.writ.runtime.lsp;

import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.CallerGroupResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.runtime.lsp.PolicyFacts.Identified;
import dev.writ.runtime.lsp.PolicyFacts.Match;
import dev.writ.runtime.lsp.PolicyFacts.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an editor says of a subject, in Markdown: what it comes to for the workloads that the sources know. */
final class HoverText {
    /** More lines than that are counted, not shown. */
    private static final int MOST = 12;

    private final PolicyFacts facts;

    HoverText(PolicyFacts facts) {
        this.facts = facts;
    }

    Optional<String> of(Subject subject) {
        return switch (subject) {
            case Subject.Template template -> Optional.of(template(template));
            case Subject.Variable variable -> Optional.of(variable(variable));
            case Subject.ReadLabel label ->
                Optional.of(
                        labelValues("label `" + label.key() + "`", facts.selectedBy(label.identity()), label.key()));
            case Subject.SelectorLabel label -> Optional.of(selector(label));
            case Subject.OwnLabel label -> Optional.of(selected("`" + label.key() + ": " + label.value() + "`", label));
            case Subject.Callers callers -> callers(callers.rule());
            case Subject.GroupMember member -> Optional.of(matching(facts.members(member.caller())));
            case Subject.StepWord word -> workloads(facts.meant(word.text().value()));
            case Subject.Declared declared -> declared(declared.resource());
            case Subject.WorkloadName name -> workloads(facts.named(name.name()));
            case Subject.GroupName group -> group(group.name());
            case Subject.Include include -> Optional.empty();
            case Subject.MeshName mesh -> Optional.of(mesh(mesh.name()));
            case Subject.NamespaceName namespace ->
                Optional.of(names(
                        "namespace `" + namespace.name() + "`",
                        facts.workloads().stream()
                                .filter(workload ->
                                        namespace.name().equals(workload.key().namespace()))
                                .toList()));
        };
    }

    private String template(Subject.Template template) {
        MeshIdentityResource identity = template.identity();
        List<Workload> selected = facts.selectedBy(identity);
        String head = switch (template.part()) {
            case TRUST_DOMAIN -> "trust domain" + trustDomain(identity);
            case PATH -> "path of the SPIFFE IDs";
        };
        return head + "\n\n"
                + list(
                        count(selected.size(), "workload") + " of MeshIdentity `" + name(identity) + "`",
                        selected,
                        HoverText::identified);
    }

    private String trustDomain(MeshIdentityResource identity) {
        return facts.analysis().model().meshes().stream()
                .flatMap(mesh -> mesh.identities().stream())
                .filter(bound -> bound.span().equals(identity.span()) && bound.trustDomain() != null)
                .map(bound -> " `" + bound.trustDomain() + "`")
                .distinct()
                .collect(Collectors.joining(","));
    }

    private String variable(Subject.Variable variable) {
        String head = "template variable `." + variable.name() + "`";
        return switch (variable.name()) {
            case "Mesh" -> head + ": the mesh of the MeshIdentity";
            case "Zone" -> head + ": the zone of the control plane";
            case "TrustDomain" -> head + trustDomain(variable.identity());
            case "Namespace" ->
                labelValues(head + ", the namespace", facts.selectedBy(variable.identity()), KumaLabels.NAMESPACE);
            case "ServiceAccount" ->
                labelValues(
                        head + ", the service account",
                        facts.selectedBy(variable.identity()),
                        KumaLabels.SERVICE_ACCOUNT);
            case "Workload" ->
                labelValues(
                        head + ", the label `" + KumaLabels.WORKLOAD + "`",
                        facts.selectedBy(variable.identity()),
                        KumaLabels.WORKLOAD);
            default -> head;
        };
    }

    private static String labelValues(String head, List<Workload> workloads, String key) {
        return list(head, workloads, workload -> {
            String value = workload.labels().get(key);
            return "`" + workload.key() + "`: " + (value == null ? "none" : "`" + value + "`");
        });
    }

    private String selector(Subject.SelectorLabel label) {
        String has = names("`" + label.key() + ": " + label.value() + "`", facts.withLabel(label.key(), label.value()));
        return switch (label.owner()) {
            case null -> has;
            case PermissionResource permission -> has + "\n\n" + reached(permission.span());
            case MeshIdentityResource identity ->
                has + "\n\n"
                        + list(
                                "MeshIdentity `" + name(identity) + "` gives an ID to",
                                facts.selectedBy(identity),
                                HoverText::identified);
            default -> has;
        };
    }

    private String selected(String head, Subject.OwnLabel label) {
        return names(head, facts.withLabel(label.key(), label.value()));
    }

    private Optional<String> callers(SourceSpan rule) {
        return facts.match(rule).map(match -> callers(match, rule));
    }

    private String callers(Match match, SourceSpan rule) {
        List<Identified> matched = facts.matched(rule);
        List<Place> places = facts.reached(match.permission().span());
        String head = "**" + word(match.rule().action()) + "** in permission `"
                + match.permission().qualifiedName() + "`";
        String who = matching(matched);
        if (match.rule().action() == Permission.Action.SHADOW_DENY) {
            return head + "\n\n" + who;
        }
        List<String> decided = new ArrayList<>();
        for (Place place : places.subList(0, Math.min(MOST, places.size()))) {
            List<Identified> callers = facts.decided(match, place, matched);
            decided.add("`" + place.name() + "`: "
                    + (callers.isEmpty()
                            ? "nobody's calls that are known"
                            : callers.stream()
                                    .limit(MOST)
                                    .map(caller -> "`" + caller.workload().key() + "`")
                                    .collect(Collectors.joining(", "))));
        }
        String decides = places.isEmpty()
                ? "its permission applies to no workload"
                : list("decides the calls to", decided, places.size(), Function.identity());
        return head + "\n\n" + who + "\n\n" + decides;
    }

    private String matching(List<Identified> matched) {
        return list(
                "matches " + matched.size() + " of " + count(facts.identified().size(), "workload")
                        + " with a SPIFFE ID",
                matched,
                caller -> "`" + caller.workload().key() + "` " + caller.spiffeId());
    }

    private Optional<String> group(String name) {
        return facts.analysis().resources().stream()
                .filter(CallerGroupResource.class::isInstance)
                .map(CallerGroupResource.class::cast)
                .filter(group -> name(group).equals(name))
                .findFirst()
                .map(group -> list(
                        "group `" + name + "`",
                        group.callers(),
                        caller -> "`" + caller.span().text() + "`"));
    }

    private static String word(Permission.Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Optional<String> declared(Resource resource) {
        return switch (resource) {
            case MeshIdentityResource identity ->
                Optional.of(list(
                        "MeshIdentity `" + name(identity) + "` gives an ID to",
                        facts.selectedBy(identity),
                        HoverText::identified));
            case PermissionResource permission ->
                Optional.of("permission `" + name(permission) + "` " + reached(permission.span()));
            case CallerGroupResource group -> group(name(group));
            default -> workloads(facts.of(resource));
        };
    }

    private String reached(SourceSpan permission) {
        return list("applies to", facts.reached(permission), place -> "`" + place.name() + "`");
    }

    private Optional<String> workloads(List<Workload> workloads) {
        return workloads.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        workloads.stream().limit(MOST).map(this::workload).collect(Collectors.joining("\n\n---\n\n")));
    }

    private String workload(Workload workload) {
        String identity = switch (workload.identity()) {
            case WorkloadIdentity.Issued issued ->
                issued.id() + "\n\nby MeshIdentity `" + issued.by().name() + "`";
            case WorkloadIdentity.Absent absent ->
                "no SPIFFE ID: " + absent.finding().message();
        };
        StringBuilder text = new StringBuilder("workload `" + workload.key() + "`\n\n" + identity);
        for (Place place : facts.inbounds(workload)) {
            text.append("\n\n")
                    .append(list(
                            "may call port " + place.inbound().port(),
                            facts.callers(place),
                            caller -> "`" + caller.workload().key() + "`"));
        }
        return text.toString();
    }

    private String mesh(String mesh) {
        return names(
                "mesh `" + mesh + "`",
                facts.workloads().stream()
                        .filter(workload -> workload.key().mesh().equals(mesh))
                        .toList());
    }

    private static String names(String head, List<Workload> workloads) {
        return list(
                head + ": " + count(workloads.size(), "workload"), workloads, workload -> "`" + workload.key() + "`");
    }

    private static String identified(Workload workload) {
        return switch (workload.identity()) {
            case WorkloadIdentity.Issued issued -> "`" + workload.key() + "` " + issued.id();
            case WorkloadIdentity.Absent absent ->
                "`" + workload.key() + "` none: " + absent.finding().message();
        };
    }

    private static <T> String list(String head, List<T> items, Function<T, String> line) {
        return list(head, items, items.size(), line);
    }

    /** @param size of all, of which {@code items} may be the first */
    private static <T> String list(String head, List<T> items, int size, Function<T, String> line) {
        StringBuilder text = new StringBuilder(head);
        if (items.isEmpty()) {
            return text.append(head.endsWith("0 workloads") ? "" : ": none").toString();
        }
        text.append('\n');
        items.stream().limit(MOST).forEach(item -> text.append("\n- ").append(line.apply(item)));
        if (size > MOST) {
            text.append("\n- and ").append(size - MOST).append(" more");
        }
        return text.toString();
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String name(Resource resource) {
        return resource.metadata().name().value();
    }
}
