package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Binds MeshIdentities to their meshes and parses their templates; one outside a system namespace Kuma's webhook refuses. */
final class IdentityBinder {
    private final ModelOptions options;
    private final ZoneFilter zones;
    private final DiagnosticSink diagnostics;

    IdentityBinder(ModelOptions options, ZoneFilter zones, DiagnosticSink diagnostics) {
        this.options = options;
        this.zones = zones;
        this.diagnostics = diagnostics;
    }

    /** The identities of each mesh, by name. */
    SortedMap<String, List<BoundIdentity>> bind(Sources sources) {
        ProviderBinder providers =
                new ProviderBinder(options.target(), new SecretTexts(sources.secrets, options), diagnostics);
        SortedMap<String, List<BoundIdentity>> byMesh = new TreeMap<>();
        for (Placed<MeshIdentityResource> placed : sources.identities) {
            if (isInSystemNamespace("MeshIdentity", placed, options, diagnostics)
                    && zones.isLocal("MeshIdentity", placed.metadata())) {
                bind(placed, providers)
                        .ifPresent(identity -> byMesh.computeIfAbsent(identity.mesh(), none -> new ArrayList<>())
                                .add(identity));
            }
        }
        byMesh.values().forEach(identities -> identities.sort(IdentitySelection.BY_NAME));
        return byMesh;
    }

    static boolean isInSystemNamespace(
            String kind, Placed<? extends Resource> placed, ModelOptions options, DiagnosticSink diagnostics) {
        if (placed.isUniversal() || options.isSystem(placed.namespace())) {
            return true;
        }
        Located<String> stated = placed.metadata().namespace();
        diagnostics.add(
                DiagnosticId.SCHEMA_INVALID_VALUE,
                stated == null ? placed.metadata().name().span() : stated.span(),
                "Kuma admits a " + kind + " only in the namespace of its control plane, not in `" + placed.namespace()
                        + "`",
                "`" + String.join("`, `", options.systemNamespaces()) + "`: `--system-namespace " + placed.namespace()
                        + "` if the control plane runs there");
        return false;
    }

    private Optional<BoundIdentity> bind(Placed<MeshIdentityResource> placed, ProviderBinder providers) {
        MeshIdentityResource resource = placed.resource();
        SourceSpan name = placed.metadata().name().span();
        SpiffeTemplate trustDomain = parsed(resource.trustDomain(), DefaultTemplates.trustDomain(name));
        SortedMap<String, String> labels = labels(placed);
        SpiffeTemplate path = parsed(resource.path(), defaultPath(labels, name));
        if (trustDomain == null || path == null) {
            return Optional.empty();
        }
        String mesh = labels.getOrDefault(KumaLabels.MESH, KumaLabels.DEFAULT_MESH);
        ProviderBinder.Bound provider = providers.bind(resource.provider(), mesh, placed.namespace());
        return Optional.of(new BoundIdentity(
                mesh,
                labels.getOrDefault(KumaLabels.ZONE, options.zone()),
                placed.namespace(),
                resource,
                trustDomain,
                path,
                provider.provider(),
                labels,
                provider.notReady(),
                provider.ofKuma(),
                options.target()));
    }

    // The control plane's environment decides. 2.12 has one default for both.
    private SpiffeTemplate defaultPath(SortedMap<String, String> labels, SourceSpan name) {
        boolean isUniversal = "universal".equals(labels.get(KumaLabels.ENVIRONMENT));
        return isUniversal && options.target() != Target.KUMA_2_12
                ? DefaultTemplates.universalPath(name)
                : DefaultTemplates.kubernetesPath(name);
    }

    private @Nullable SpiffeTemplate parsed(@Nullable SourceText text, SpiffeTemplate byDefault) {
        return text == null || text.value().isEmpty()
                ? byDefault
                // The reader has reported what is wrong with it.
                : SpiffeTemplateParser.parse(text, new DiagnosticSink()).orElse(null);
    }

    private SortedMap<String, String> labels(Placed<MeshIdentityResource> placed) {
        Metadata metadata = placed.metadata();
        SortedMap<String, String> labels = new TreeMap<>();
        metadata.labels().forEach((key, text) -> labels.put(key, text.value()));
        labels.putIfAbsent(KumaLabels.MESH, placed.mesh());
        labels.putIfAbsent(KumaLabels.ZONE, options.zone());
        labels.putIfAbsent(KumaLabels.ORIGIN, "zone");
        labels.putIfAbsent(KumaLabels.ENVIRONMENT, placed.isUniversal() ? "universal" : "kubernetes");
        if (!placed.namespace().isEmpty()) {
            labels.putIfAbsent(KumaLabels.NAMESPACE, placed.namespace());
        }
        labels.putIfAbsent(KumaLabels.DISPLAY_NAME, placed.name());
        return labels;
    }
}
