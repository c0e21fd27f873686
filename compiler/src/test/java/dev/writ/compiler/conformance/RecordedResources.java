package dev.writ.compiler.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.FromSyntax;
import dev.writ.compiler.syntax.MatchSyntax;
import dev.writ.compiler.syntax.MatchSyntax.ExactMatch;
import dev.writ.compiler.syntax.MatchSyntax.PrefixMatch;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.ProviderSyntax;
import dev.writ.compiler.syntax.Resource.Container;
import dev.writ.compiler.syntax.Resource.ContainerPort;
import dev.writ.compiler.syntax.Resource.DataplaneInbound;
import dev.writ.compiler.syntax.Resource.DataplaneResource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.Resource.MeshTlsResource;
import dev.writ.compiler.syntax.Resource.MeshTrustResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.Resource.PodOwnerResource;
import dev.writ.compiler.syntax.Resource.PodSpec;
import dev.writ.compiler.syntax.Resource.PodStatus;
import dev.writ.compiler.syntax.Resource.ServicePort;
import dev.writ.compiler.syntax.Resource.ServiceResource;
import dev.writ.compiler.syntax.Resource.TlsSettings;
import dev.writ.compiler.syntax.RuleSyntax;
import dev.writ.compiler.syntax.TargetRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes resources of what the recorded cases hold. That is not what {@code ResourceReader} reads: pods without a kind,
 * Kuma's universal form, parts of a specification.
 */
public final class RecordedResources {
    private static final SourceFile NOWHERE = new SourceFile("<recorded case>", "");
    public static final SourceSpan PLACE = NOWHERE.span(0, 0);

    private RecordedResources() {}

    public static SourceText text(String value) {
        return new SourceText(value, PLACE, new int[value.length() + 1]);
    }

    private static Located<String> located(String value) {
        return new Located<>(value, PLACE);
    }

    private static @Nullable Located<String> optional(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : located(node.asText());
    }

    private static @Nullable String textOf(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asText();
    }

    public static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new TreeMap<>();
        node.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    private static Map<String, SourceText> texts(Map<String, String> strings) {
        Map<String, SourceText> texts = new LinkedHashMap<>();
        strings.forEach((key, value) -> texts.put(key, text(value)));
        return texts;
    }

    public static Metadata metadata(String name, @Nullable String namespace, Map<String, String> labels) {
        return new Metadata(
                located(name), namespace == null ? null : located(namespace), texts(labels), Map.of(), List.of(), null);
    }

    private static Metadata kubernetes(JsonNode metadata) {
        return new Metadata(
                located(metadata.path("name").asText()),
                optional(metadata.path("namespace")),
                texts(strings(metadata.path("labels"))),
                texts(strings(metadata.path("annotations"))),
                List.of(),
                null);
    }

    public static PodOwnerResource pod(JsonNode pod) {
        Metadata metadata = kubernetes(pod.path("metadata"));
        JsonNode spec = pod.path("spec");
        Map<String, Boolean> ready = new LinkedHashMap<>();
        for (String list : List.of("containerStatuses", "initContainerStatuses")) {
            for (JsonNode status : pod.path("status").path(list)) {
                ready.put(status.path("name").asText(""), status.path("ready").asBoolean());
            }
        }
        return new PodOwnerResource(
                "Pod",
                metadata,
                PLACE,
                metadata,
                new PodSpec(
                        optional(spec.path("serviceAccountName")),
                        containers(spec.path("containers")),
                        containers(spec.path("initContainers"))),
                new PodStatus(pod.path("metadata").has("deletionTimestamp"), ready));
    }

    private static List<Container> containers(JsonNode list) {
        List<Container> containers = new ArrayList<>();
        for (JsonNode container : list) {
            List<ContainerPort> ports = new ArrayList<>();
            for (JsonNode port : container.path("ports")) {
                ports.add(new ContainerPort(
                        textOf(port.path("name")),
                        port.path("containerPort").asInt(),
                        port.path("protocol").asText("TCP"),
                        PLACE));
            }
            containers.add(
                    new Container(container.path("name").asText(""), ports, textOf(container.path("restartPolicy"))));
        }
        return containers;
    }

    public static ServiceResource service(JsonNode service) {
        JsonNode spec = service.path("spec");
        List<ServicePort> ports = new ArrayList<>();
        for (JsonNode port : spec.path("ports")) {
            ports.add(new ServicePort(
                    textOf(port.path("name")),
                    port.path("port").asInt(),
                    port.path("targetPort").asText(port.path("port").asText()),
                    port.path("protocol").asText("TCP"),
                    optional(port.path("appProtocol")),
                    PLACE));
        }
        return new ServiceResource(
                kubernetes(service.path("metadata")),
                PLACE,
                spec.has("selector") ? strings(spec.path("selector")) : null,
                spec.path("type").asText("ClusterIP"),
                ports);
    }

    /**
     * A Dataplane of the universal form. A gateway has no inbounds; one stands for all of it. A listener of a zone proxy is
     * selected as an inbound is, and stands here as one.
     */
    public static DataplaneResource dataplane(JsonNode dataplane, Map<String, String> moreLabels) {
        JsonNode networking = dataplane.path("networking");
        List<DataplaneInbound> inbounds = new ArrayList<>();
        for (String list : List.of("inbound", "listeners")) {
            for (JsonNode inbound : networking.path(list)) {
                inbounds.add(inbound(inbound, inbound.path("tags")));
            }
        }
        boolean isGateway = networking.has("gateway");
        if (isGateway) {
            inbounds.add(inbound(networking, networking.path("gateway").path("tags")));
        }
        return new DataplaneResource(
                universal(dataplane, moreLabels),
                PLACE,
                networking.path("address").asText(null),
                inbounds,
                List.of(),
                isGateway);
    }

    private static DataplaneInbound inbound(JsonNode inbound, JsonNode tags) {
        return new DataplaneInbound(
                textOf(inbound.path("name")),
                inbound.path("port").asInt(1),
                textOf(inbound.path("protocol")),
                true,
                null,
                null,
                null,
                strings(tags),
                PLACE);
    }

    private static Metadata universal(JsonNode resource, Map<String, String> moreLabels) {
        Map<String, String> labels = new TreeMap<>(moreLabels);
        labels.putAll(strings(resource.path("labels")));
        return new Metadata(
                located(resource.path("name").asText()),
                null,
                optional(resource.path("mesh")),
                Metadata.Form.UNIVERSAL,
                texts(labels),
                Map.of(),
                List.of(),
                null);
    }

    /** A policy of the universal form, of whatever kind, as a MeshTrafficPermission: all kinds are selected and ordered alike. */
    public static PermissionResource permission(JsonNode policy, Map<String, String> moreLabels) {
        List<RuleSyntax> rules = new ArrayList<>();
        for (JsonNode rule : policy.path("spec").path("rules")) {
            JsonNode conf = rule.path("default");
            rules.add(new RuleSyntax(
                    matches(conf.path("deny")),
                    matches(conf.path("allowWithShadowDeny")),
                    matches(conf.path("allow")),
                    PLACE));
        }
        List<FromSyntax> from = new ArrayList<>();
        for (JsonNode entry : policy.path("spec").path("from")) {
            from.add(new FromSyntax(
                    target(entry.path("targetRef")),
                    optional(entry.path("default").path("action")),
                    PLACE));
        }
        return new PermissionResource(
                universal(policy, moreLabels),
                PLACE,
                target(policy.path("spec").path("targetRef")),
                rules,
                from,
                false);
    }

    /** A MeshTLS of the universal form, as far as its mode goes. */
    public static MeshTlsResource meshTls(JsonNode policy) {
        List<TlsSettings> settings = new ArrayList<>();
        for (JsonNode rule : policy.path("spec").path("rules")) {
            settings.add(new TlsSettings(optional(rule.path("default").path("mode")), null, null, null, false, PLACE));
        }
        return new MeshTlsResource(
                universal(policy, Map.of()), PLACE, target(policy.path("spec").path("targetRef")), settings);
    }

    private static List<MatchSyntax> matches(JsonNode list) {
        List<MatchSyntax> matches = new ArrayList<>();
        for (JsonNode match : list) {
            if (!match.has("spiffeID")) {
                continue;
            }
            SourceText value = text(match.path("spiffeID").path("value").asText());
            matches.add(
                    match.path("spiffeID").path("type").asText().equals("Exact")
                            ? new ExactMatch(value, PLACE)
                            : new PrefixMatch(value, PLACE));
        }
        return matches;
    }

    private static TargetRef target(JsonNode ref) {
        Map<String, SourceText> tags = texts(strings(ref.path("tags")));
        String kind = ref.path("kind").asText("Mesh");
        return switch (kind) {
            case "Mesh" -> new TargetRef.WholeMesh();
            case "Dataplane" ->
                new TargetRef.Dataplanes(
                        texts(strings(ref.path("labels"))),
                        optional(ref.path("name")),
                        optional(ref.path("namespace")),
                        optional(ref.path("sectionName")));
            case "MeshSubset" -> new TargetRef.Subset(tags);
            case "MeshService", "MeshServiceSubset" ->
                new TargetRef.Service(located(ref.path("name").asText()), tags, kind.equals("MeshServiceSubset"));
            default -> throw new AssertionError("a policy cannot target " + kind);
        };
    }

    /** A MeshIdentity that can issue. */
    public static MeshIdentityResource identity(
            String name, Map<String, String> labels, @Nullable Map<String, String> matchLabels) {
        return new MeshIdentityResource(
                metadata(name, "kuma-system", labels),
                PLACE,
                matchLabels == null ? null : texts(matchLabels),
                null,
                null,
                new ProviderSyntax.Bundled(true, true, true, null, null, PLACE));
    }

    public static MeshTrustResource trust(JsonNode trust) {
        List<SourceText> bundles = new ArrayList<>();
        for (JsonNode bundle : trust.path("spec").path("caBundles")) {
            bundles.add(text(bundle.path("pem").path("value").asText()));
        }
        return new MeshTrustResource(
                metadata(trust.path("name").asText(), "kuma-system", Map.of()),
                PLACE,
                text(trust.path("spec").path("trustDomain").asText()),
                bundles,
                null);
    }
}
