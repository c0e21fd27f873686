package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Sources.Placed;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Metadata;
import dev.writ.compiler.syntax.ProviderSyntax;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Binds MeshIdentities to their meshes and parses their templates; one outside a system namespace Kuma's webhook refuses. */
final class IdentityBinder {
    private static final Duration DEFAULT_EXPIRY = Duration.ofHours(24);

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
        SortedMap<String, List<BoundIdentity>> byMesh = new TreeMap<>();
        for (Placed<MeshIdentityResource> placed : sources.identities) {
            if (isInSystemNamespace("MeshIdentity", placed, options, diagnostics)
                    && zones.isLocal("MeshIdentity", placed.metadata())) {
                bind(placed)
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

    private Optional<BoundIdentity> bind(Placed<MeshIdentityResource> placed) {
        MeshIdentityResource resource = placed.resource();
        SourceSpan name = placed.metadata().name().span();
        SpiffeTemplate trustDomain = parsed(resource.trustDomain(), DefaultTemplates.trustDomain(name));
        SpiffeTemplate path = parsed(resource.path(), DefaultTemplates.kubernetesPath(name));
        if (trustDomain == null || path == null) {
            return Optional.empty();
        }
        SortedMap<String, String> labels = labels(placed);
        return Optional.of(new BoundIdentity(
                labels.getOrDefault(KumaLabels.MESH, KumaLabels.DEFAULT_MESH),
                labels.getOrDefault(KumaLabels.ZONE, options.zone()),
                placed.namespace(),
                resource,
                trustDomain,
                path,
                provider(resource.provider()),
                labels,
                notReady(resource.provider())));
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

    private static IdentityProvider provider(@Nullable ProviderSyntax syntax) {
        return switch (syntax) {
            case null -> new IdentityProvider.Unset();
            case ProviderSyntax.Bundled bundled ->
                new IdentityProvider.Bundled(
                        bundled.meshTrustCreation(),
                        bundled.autogenerate(),
                        null,
                        bundled.expiry() == null
                                ? DEFAULT_EXPIRY
                                : bundled.expiry().value());
            case ProviderSyntax.Spire spire -> new IdentityProvider.Spire(spire.agentTimeout());
            case ProviderSyntax.Extension extension -> new IdentityProvider.Extension();
        };
    }

    /** What keeps Kuma's bundled provider from initialising ({@code providers/bundled}). */
    private static @Nullable String notReady(@Nullable ProviderSyntax syntax) {
        if (!(syntax instanceof ProviderSyntax.Bundled provider)) {
            return "only the provider `Bundled` is supported yet";
        }
        if (!provider.autogenerate()) {
            return "it has no CA: `autogenerate.enabled` is not true";
        }
        return provider.insecureAllowSelfSigned()
                ? null
                : "its generated CA signs itself, and `insecureAllowSelfSigned` is not true";
    }
}
