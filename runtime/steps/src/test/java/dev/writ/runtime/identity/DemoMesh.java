package dev.writ.runtime.identity;

import dev.writ.compiler.model.IdentityProvider;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.model.MeshModel;
import dev.writ.compiler.model.MeshTrust;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.model.WorkloadIdentity;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.ProviderSyntax;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.SpiffeTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The mesh of the guide, its model made by hand. */
public final class DemoMesh {
    static final String TRUST_DOMAIN = "default.default.mesh.local";
    public static final WorkloadKey KV = new WorkloadKey("default", "default", "Deployment", "kuma-demo", "kv");
    public static final WorkloadKey DEMO_APP =
            new WorkloadKey("default", "default", "Deployment", "kuma-demo", "demo-app");

    private static final SourceFile FILE = new SourceFile("mesh.yaml", "identity\n");
    static final SourceSpan SPAN = FILE.span(0, 8);

    private DemoMesh() {}

    public static MeshModel model() {
        return model(TRUST_DOMAIN, List.of(trust(TRUST_DOMAIN)), KV, DEMO_APP);
    }

    static MeshModel model(String trustDomain, List<MeshTrust> trusts, WorkloadKey... keys) {
        return new MeshModel(Target.ENVOY, List.of(mesh("default", trustDomain, trusts, keys)));
    }

    static Mesh mesh(String name, String trustDomain, List<MeshTrust> trusts, WorkloadKey... keys) {
        MeshIdentity identity = identity(trustDomain);
        List<Workload> workloads = java.util.Arrays.stream(keys)
                .map(key -> new Workload(
                        key,
                        SPAN,
                        new TreeMap<>(),
                        List.of(new Inbound(null, 5050, Protocol.HTTP, Inbound.State.READY, SPAN)),
                        new WorkloadIdentity.Issued(
                                identity, new SpiffeId(trustDomain, "/ns/kuma-demo/sa/" + key.name())),
                        List.of()))
                .toList();
        return new Mesh(name, "default", workloads, List.of(identity), trusts, List.of());
    }

    static MeshTrust trust(String trustDomain) {
        return new MeshTrust("identity", trustDomain, List.of(), identity(trustDomain), null, SPAN);
    }

    static MeshTrust partner(String trustDomain, String... bundles) {
        return new MeshTrust("partner", trustDomain, List.of(bundles), null, null, SPAN);
    }

    private static MeshIdentity identity(String trustDomain) {
        SourceText text = SourceText.verbatim(SPAN);
        SpiffeTemplate template = new SpiffeTemplate(text, List.of());
        @Nullable String notReady = null;
        return new MeshIdentity(
                "identity",
                new Resource.MeshIdentityResource(
                        new Metadata(
                                new Located<>("identity", SPAN),
                                new Located<>("kuma-system", SPAN),
                                Map.of(),
                                Map.of(),
                                List.of(),
                                null),
                        SPAN,
                        Map.of(),
                        text,
                        text,
                        new ProviderSyntax.Bundled(true, true, true, null, null, SPAN)),
                template,
                template,
                new IdentityProvider.Bundled(true, true, null, Duration.ofHours(24)),
                List.of(),
                trustDomain,
                notReady,
                "kri_mid_default_default_kuma-system_identity_");
    }
}
