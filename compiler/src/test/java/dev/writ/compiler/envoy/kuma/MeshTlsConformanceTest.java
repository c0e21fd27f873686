package dev.writ.compiler.envoy.kuma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Admission.Permissive;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.PolicyLowering;
import dev.writ.compiler.model.BuiltinMtls;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.Outbound;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.TlsPolicy;
import dev.writ.compiler.model.Workload;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whole listeners and the transport sockets of clusters as Kuma's MeshTLS plugin writes them. Its cases know identities that the
 * control plane does not manage ({@code managementMode} unset: no SANs) and validators of a provider's own; both stand for the
 * secrets' names here. RBAC is another plugin's, the server name the cluster's that the case begins with.
 */
class MeshTlsConformanceTest {
    private static final String ID = "spiffe://default/workload/backend";

    /** What the cases differ in. */
    private record Setup(
            Target target,
            Optional<SecretSources> identity,
            boolean managed,
            Map<String, List<String>> trusts,
            @Nullable BuiltinMtls builtin,
            TlsPolicy policy) {}

    private record Named(String name, String validator) implements SecretSources {
        @Override
        public SdsSecretConfig certificate() {
            return Credentials.fromControlPlane(name);
        }

        @Override
        public SdsSecretConfig validation() {
            return Credentials.fromControlPlane(validator);
        }
    }

    @Test
    void meshTlsOfKuma3() throws IOException {
        ConformanceArea.of("meshtls-plugin").verify(one -> {
            JsonNode setting = one.yaml("case.yaml");
            JsonNode identity = setting.path("workloadIdentity");
            Map<String, List<String>> trusts = new TreeMap<>();
            setting.path("trustDomains").forEach(domain -> trusts.put(domain.asText(), List.of("123")));
            check(
                    one,
                    new Setup(
                            Target.KUMA_3,
                            identity.isObject()
                                    ? Optional.of(new Named(
                                            identity.path("identitySds").asText(),
                                            identity.path("externalValidationSds")
                                                    .asText(Credentials.TRUST_BUNDLE)))
                                    : Optional.empty(),
                            identity.path("managementMode").asText().equals("Kuma"),
                            trusts,
                            null,
                            setting.path("noPolicy").asBoolean()
                                    ? TlsPolicy.NONE
                                    : KumaModels.tlsPolicy(one.yaml("policy.yaml")
                                            .path("rules")
                                            .path(0)
                                            .path("default"))));
        });
    }

    @Test
    void meshTlsOfKuma214() throws IOException {
        ConformanceArea.of("meshtls-plugin-v214").verify(one -> {
            JsonNode raw = one.yaml("case.yaml").path("raw");
            JsonNode identity = raw.path("workloadIdentity");
            Map<String, List<String>> trusts = new TreeMap<>();
            raw.path("casByTrustDomain").fieldNames().forEachRemaining(domain -> trusts.put(domain, List.of("123")));
            check(
                    one,
                    new Setup(
                            Target.KUMA_2_14,
                            identity.isObject()
                                    ? Optional.of(new Named(
                                            "my-secret-name",
                                            identity.has("ExternalValidationSourceConfigurer")
                                                    ? "ca-bundle"
                                                    : Credentials.TRUST_BUNDLE))
                                    : Optional.empty(),
                            identity.path("ManagementMode").asText().endsWith("KumaManagementMode"),
                            trusts,
                            KumaModels.builtin(
                                    raw.path("meshBuilder").toString().contains("WithPermissiveMTLS")),
                            KumaModels.tlsPolicy(
                                    one.yaml("policy.yaml").path("from").path(0).path("default"))));
        });
    }

    private static void check(Case one, Setup setup) throws IOException {
        Workload workload = KumaModels.workload(
                setup.identity().isPresent() ? KumaModels.issued("kri", KumaModels.BUNDLED, ID) : KumaModels.none(),
                List.of(KumaModels.tcp(17777, tags(setup, "backend")), KumaModels.tcp(17778, tags(setup, "frontend"))),
                List.of(outbound(setup)),
                setup.policy());
        Mesh mesh = KumaModels.mesh(workload, setup.trusts(), setup.identity().isPresent() ? null : setup.builtin());
        ProxyConfig golden = KumaModels.golden(one, "listeners.golden.yaml", "clusters.golden.yaml");
        listeners(mesh, workload, setup, golden);
        Cluster recorded = golden.clusters().getFirst();
        WholeMessages.assertSame(
                "cluster",
                WholeMessages.treeWithout(cluster(mesh, workload, setup), "sni"),
                WholeMessages.treeWithout(recorded.toBuilder().build(), "sni"));
    }

    private static Map<String, String> tags(Setup setup, String service) {
        return setup.target().isKuma2() ? Map.of("kuma.io/service", service) : Map.of();
    }

    private static Outbound outbound(Setup setup) {
        return setup.target().isKuma2()
                ? new Outbound("127.0.0.1", 27777, null, new TreeMap<>(Map.of("kuma.io/service", "outgoing")))
                : KumaModels.toService(
                        "outgoing", "backend-ns", null, 80, List.of("spiffe://default/outgoing"), List.of());
    }

    private static void listeners(Mesh mesh, Workload workload, Setup setup, ProxyConfig golden) {
        List<InboundPolicy> policies = PolicyLowering.lower(new MeshModel(setup.target(), List.of(mesh)))
                .workloads()
                .getFirst()
                .inbounds();
        List<String> names = new ArrayList<>();
        for (InboundPolicy policy : policies) {
            Listener predicted = listener(mesh, workload, setup, policy);
            names.add(predicted.getName());
            Listener recorded = golden.listeners().stream()
                    .filter(listener -> listener.getName().equals(predicted.getName()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no listener " + predicted.getName()));
            if (setup.identity().isEmpty() && !setup.target().isKuma2()) {
                assertThat(recorded.getFilterChainsList()).allMatch(chain -> !chain.hasTransportSocket());
                assertThat(predicted.getFilterChainsList()).hasSize(1).allMatch(chain -> !chain.hasTransportSocket());
                continue;
            }
            JsonNode one = WholeMessages.tree(predicted);
            JsonNode other = WholeMessages.tree(recorded);
            WholeMessages.removeRbac(one);
            WholeMessages.removeRbac(other);
            WholeMessages.assertSame(predicted.getName(), one, other);
        }
        assertThat(golden.listeners().stream().map(Listener::getName).filter(name -> !name.contains("passthrough")))
                .containsExactlyElementsOf(names);
    }

    private static Listener listener(Mesh mesh, Workload workload, Setup setup, InboundPolicy policy) {
        InboundListeners listeners = new InboundListeners(workload, setup.target());
        SecretSources secrets =
                setup.identity().orElseGet(() -> Credentials.of(mesh, workload).orElse(null));
        return switch (policy.admission()) {
            case MutualTls tls -> listeners.strict(policy, seen(tls, setup), secrets);
            case Permissive permissive -> listeners.permissive(policy, seen(permissive.mutual(), setup), secrets);
            default -> listeners.plaintext(policy);
        };
    }

    private static MutualTls seen(MutualTls tls, Setup setup) {
        return setup.identity().isEmpty() || setup.managed()
                ? tls
                : new MutualTls(tls.verification(), List.of(), tls.oneSpiffeId());
    }

    /** The cluster that a case of 2.14 begins with is the same in all of them: builtin mTLS, without a MeshTrust. */
    private static Cluster cluster(Mesh mesh, Workload workload, Setup setup) {
        Optional<Credentials> credentials = setup.target().isKuma2()
                ? Optional.of(new Credentials.OfMesh(mesh.name(), false))
                : Credentials.of(mesh, workload);
        Cluster predicted = new OutboundClusters(mesh, workload, setup.target(), credentials)
                .clusters()
                .values()
                .iterator()
                .next();
        Cluster.Builder bare = Cluster.newBuilder().setName(predicted.getName());
        if (!predicted.hasTransportSocket()) {
            return bare.build();
        }
        return setup.identity()
                .filter(secrets -> !setup.target().isKuma2())
                .map(secrets -> bare.setTransportSocket(TlsContexts.upstream(
                                secrets, List.of("spiffe://default/outgoing"), "outgoing", setup.policy()))
                        .build())
                .orElseGet(() ->
                        bare.setTransportSocket(predicted.getTransportSocket()).build());
    }
}
