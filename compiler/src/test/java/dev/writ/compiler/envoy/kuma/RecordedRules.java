package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.RecordedResources;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.PolicyLowering;
import dev.writ.compiler.model.CallerPattern;
import dev.writ.compiler.model.CallerPattern.AnyCaller;
import dev.writ.compiler.model.CallerPattern.ExactId;
import dev.writ.compiler.model.CallerPattern.IdPrefix;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.TargetRef.WholeMesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lowers rules as the recorded cases hold them: matched already, in merge order. */
final class RecordedRules {
    private static final Inbound INBOUND =
            new Inbound(null, 8080, Protocol.TCP, Inbound.State.READY, RecordedResources.PLACE);

    private RecordedRules() {}

    /** The policy of an inbound of a workload with an identity, of permissions with one entry each. */
    static InboundPolicy lower(JsonNode inboundRules, Target target) {
        List<Permission> permissions = new ArrayList<>();
        for (JsonNode rule : inboundRules) {
            permissions.add(permission(rule.path("conf"), rule.path("origin")));
        }
        WorkloadIdentity identity = new WorkloadIdentity.Issued(
                identity(), SpiffeId.of("spiffe://trust-domain.mesh/ns/a/sa/b").orElseThrow());
        return lower(permissions, identity, target);
    }

    private static InboundPolicy lower(List<Permission> permissions, WorkloadIdentity identity, Target target) {
        Workload workload = new Workload(
                new WorkloadKey("default", "default", "Dataplane", "default", "backend"),
                RecordedResources.PLACE,
                new TreeMap<>(),
                List.of(INBOUND),
                identity,
                List.of());
        Mesh whole = new Mesh("default", "default", List.of(workload), List.of(), List.of(), permissions);
        return PolicyLowering.lower(new MeshModel(target, List.of(whole)))
                .workloads()
                .getFirst()
                .inbounds()
                .getFirst();
    }

    private static MeshIdentity identity() {
        SpiffeTemplate template = new SpiffeTemplate(RecordedResources.text(""), List.of());
        return new MeshIdentity(
                "identity",
                RecordedResources.identity("identity", Map.of(), Map.of()),
                template,
                template,
                new IdentityProvider.Bundled(true, true, null, Duration.ofDays(1)),
                List.of(),
                "trust-domain.mesh",
                null,
                "kri_mid_default___identity_");
    }

    private static Permission permission(JsonNode conf, JsonNode origin) {
        List<Rule> rules = new ArrayList<>();
        add(rules, Action.DENY, conf.path("deny"));
        add(rules, Action.ALLOW, conf.path("allow"));
        add(rules, Action.SHADOW_DENY, conf.path("allowWithShadowDeny"));
        String name = origin.path("name").asText();
        String kri = String.join(
                "_",
                "kri",
                "mtp",
                origin.path("mesh").asText(),
                origin.path("zone").asText(),
                origin.path("namespace").asText(),
                name,
                "");
        return new Permission(
                name,
                origin.path("namespace").asText(),
                null,
                new WholeMesh(),
                rules,
                List.of(),
                origin.path("kri").asText(kri),
                RecordedResources.PLACE);
    }

    private static void add(List<Rule> rules, Action action, JsonNode matches) {
        for (JsonNode match : matches) {
            JsonNode spiffeId = match.path("spiffeID");
            CallerPattern callers = spiffeId.isMissingNode()
                    ? new AnyCaller()
                    : spiffeId.path("type").asText().equals("Exact")
                            ? new ExactId(spiffeId.path("value").asText())
                            : new IdPrefix(spiffeId.path("value").asText());
            JsonNode serverName = match.path("sni").path("value");
            rules.add(new Rule(
                    action,
                    callers,
                    serverName.isMissingNode() ? null : serverName.asText(),
                    0,
                    RecordedResources.PLACE,
                    RecordedResources.PLACE));
        }
    }
}
