package dev.writ.compiler.envoy.kuma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.conformance.RecordedResources;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.PolicyLowering;
import dev.writ.compiler.model.BuiltinMtls;
import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.MeshService;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Outbound;
import dev.writ.compiler.model.Outbound.ServicePort;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.TlsPolicy;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.MtlsSyntax;
import dev.writ.compiler.syntax.Resource.MeshServicePort;
import dev.writ.compiler.syntax.Resource.MeshServiceResource;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Models as the recorded cases describe them, made by hand: one mesh, one workload. */
final class KumaModels {
    private static final ObjectMapper JSON = new ObjectMapper();

    private KumaModels() {}

    static MeshIdentity identity(String kri, IdentityProvider provider) {
        return new MeshIdentity(
                "my-identity",
                RecordedResources.identity("my-identity", Map.of(), Map.of()),
                template("default"),
                template("/workload/backend"),
                provider,
                List.of(),
                "default",
                null,
                kri);
    }

    private static SpiffeTemplate template(String text) {
        return SpiffeTemplateParser.parse(RecordedResources.text(text), new DiagnosticSink())
                .orElseThrow();
    }

    static WorkloadIdentity issued(String kri, IdentityProvider provider, String id) {
        return new WorkloadIdentity.Issued(
                identity(kri, provider), SpiffeId.of(id).orElseThrow());
    }

    static WorkloadIdentity none() {
        return new WorkloadIdentity.Absent(
                null,
                Diagnostic.of(
                        DiagnosticId.IDENTITY_NONE_SELECTED, RecordedResources.PLACE, "no MeshIdentity selects it"));
    }

    static final IdentityProvider BUNDLED = new IdentityProvider.Bundled(true, true, null, Duration.ofHours(24));

    static Workload workload(
            WorkloadIdentity identity, List<Inbound> inbounds, List<Outbound> outbounds, TlsPolicy tls) {
        return new Workload(
                new WorkloadKey("default", "zone-1", "Dataplane", null, "backend"),
                RecordedResources.PLACE,
                new TreeMap<>(),
                inbounds,
                identity,
                "127.0.0.1",
                outbounds,
                inbounds.stream().map(inbound -> tls).toList(),
                List.of());
    }

    static Inbound tcp(int port, Map<String, String> tags) {
        return new Inbound(
                null,
                port,
                Protocol.TCP,
                Inbound.State.READY,
                null,
                null,
                port,
                new TreeMap<>(tags),
                RecordedResources.PLACE);
    }

    static Outbound toService(
            String name, String namespace, @Nullable String portName, int port, List<String> ids, List<String> tags) {
        MeshServiceResource resource = new MeshServiceResource(
                RecordedResources.metadata(name, null, Map.of()),
                RecordedResources.PLACE,
                null,
                null,
                null,
                List.of(new MeshServicePort(portName, port, Integer.toString(port), "http", RecordedResources.PLACE)),
                List.of(),
                true);
        MeshService service = new MeshService(
                name,
                "zone-1",
                namespace,
                resource,
                ids,
                tags,
                true,
                String.join("_", "kri", "msvc", "default", "zone-1", namespace, name, ""));
        return new Outbound("127.0.0.1", port, new ServicePort(service, port), new TreeMap<>());
    }

    static Mesh mesh(Workload workload, Map<String, List<String>> casByTrustDomain, @Nullable BuiltinMtls mtls) {
        List<MeshTrust> trusts = new ArrayList<>();
        casByTrustDomain.forEach((domain, cas) ->
                trusts.add(new MeshTrust("trust-" + domain, domain, cas, null, null, RecordedResources.PLACE)));
        return new Mesh(
                "default", "zone-1", List.of(workload), List.of(), trusts, List.of(), "Exclusive", mtls, List.of());
    }

    static BuiltinMtls builtin(boolean permissive) {
        Located<String> name = new Located<>("builtin", RecordedResources.PLACE);
        return new BuiltinMtls(
                new MtlsSyntax.Backend(name, name, permissive, null, null, null, null, RecordedResources.PLACE),
                permissive,
                Duration.ofHours(24));
    }

    static KumaSnapshot emit(Mesh mesh, Target target) {
        MeshPolicy policy = PolicyLowering.lower(new MeshModel(target, List.of(mesh)));
        DiagnosticSink sink = new DiagnosticSink();
        return KumaSnapshotEmitter.emit(mesh, policy.workloads().getFirst(), target, sink)
                .orElseThrow(() -> new AssertionError("refused: " + sink.sorted()));
    }

    static TlsPolicy tlsPolicy(JsonNode conf) {
        List<String> ciphers = new ArrayList<>();
        conf.path("tlsCiphers").forEach(cipher -> ciphers.add(cipher.asText()));
        JsonNode version = conf.path("tlsVersion");
        return new TlsPolicy(
                conf.has("mode") ? conf.path("mode").asText().equals("Permissive") : null,
                version.has("min") ? version.path("min").asText() : null,
                version.has("max") ? version.path("max").asText() : null,
                ciphers);
    }

    static Cluster cluster(JsonNode golden) {
        ObjectNode root = JSON.createObjectNode();
        root.set("cluster", golden);
        return read(root).clusters().getFirst();
    }

    /** The messages of a golden list of resources, under their names. */
    static ProxyConfig golden(Case one, String... files) throws IOException {
        ArrayNode all = JSON.createArrayNode();
        for (String file : files) {
            one.yaml(file).path("resources").forEach(entry -> all.add(entry.path("resource")));
        }
        ObjectNode root = JSON.createObjectNode();
        root.set("resources", all);
        return read(root);
    }

    private static ProxyConfig read(ObjectNode root) {
        try {
            return ProxyConfigReader.read(root.toString());
        } catch (ProxyConfigReader.Unreadable e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
