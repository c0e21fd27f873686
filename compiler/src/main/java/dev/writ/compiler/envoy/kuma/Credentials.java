package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity.Absent;
import dev.writ.compiler.model.WorkloadIdentity.Issued;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import java.util.Optional;

/** Where a proxy gets its SVID, and with what it verifies those of others. */
sealed interface Credentials extends SecretSources {
    /** The secret with the CAs of all trust domains. */
    String TRUST_BUNDLE = "system_trust_bundle";

    /** From the control plane, by a MeshIdentity. */
    record OfMeshIdentity(MeshIdentity identity, String spiffeId) implements Credentials {
        @Override
        public SdsSecretConfig certificate() {
            return fromControlPlane(identity.kri());
        }

        @Override
        public SdsSecretConfig validation() {
            return fromControlPlane(TRUST_BUNDLE);
        }
    }

    /** From a SPIRE agent: the SVID by its SPIFFE ID, all bundles that the agent has by {@code ALL}. */
    record OfSpire(IdentityProvider.Spire provider, String spiffeId) implements Credentials {
        static final String CLUSTER = "system_identity_sds-spire-agent";

        @Override
        public SdsSecretConfig certificate() {
            return fromAgent(spiffeId);
        }

        @Override
        public SdsSecretConfig validation() {
            return fromAgent("ALL");
        }
    }

    /**
     * From the control plane, by the mesh's CA backend (up to 2.14).
     *
     * @param withTrusts whether the mesh has MeshTrusts: then their bundle, which the mesh's CA is in, verifies
     */
    record OfMesh(String mesh, boolean withTrusts) implements Credentials {
        String identitySecret() {
            return "identity_cert:secret:" + mesh;
        }

        String caSecret() {
            return "mesh_ca:secret:" + mesh;
        }

        @Override
        public SdsSecretConfig certificate() {
            return fromControlPlane(identitySecret());
        }

        @Override
        public SdsSecretConfig validation() {
            return fromControlPlane(withTrusts ? TRUST_BUNDLE : caSecret());
        }
    }

    /** Those of a workload's proxy; empty where it has none, and speaks plaintext. */
    static Optional<Credentials> of(Mesh mesh, Workload workload) {
        return switch (workload.identity()) {
            case Issued issued -> Optional.of(of(issued));
            case Absent absent ->
                mesh.mtls() == null
                        ? Optional.empty()
                        : Optional.of(new OfMesh(mesh.name(), !mesh.trusts().isEmpty()));
        };
    }

    private static Credentials of(Issued issued) {
        String id = issued.id().toString();
        return switch (issued.by().provider()) {
            case IdentityProvider.Spire spire -> new OfSpire(spire, id);
            case IdentityProvider.Bundled bundled -> new OfMeshIdentity(issued.by(), id);
            case IdentityProvider.Extension extension -> new OfMeshIdentity(issued.by(), id);
            case IdentityProvider.Unset unset -> throw new IllegalStateException("issued by no provider: " + id);
        };
    }

    static SdsSecretConfig fromControlPlane(String name) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(ConfigSource.newBuilder()
                        .setAds(AggregatedConfigSource.getDefaultInstance())
                        .setResourceApiVersion(ApiVersion.V3))
                .build();
    }

    private static SdsSecretConfig fromAgent(String name) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(ConfigSource.newBuilder()
                        .setApiConfigSource(ApiConfigSource.newBuilder()
                                .setApiType(ApiType.GRPC)
                                .addGrpcServices(GrpcService.newBuilder()
                                        .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder()
                                                .setClusterName(OfSpire.CLUSTER))))
                        .setResourceApiVersion(ApiVersion.V3))
                .build();
    }
}
