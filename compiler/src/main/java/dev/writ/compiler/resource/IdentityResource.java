package dev.writ.compiler.resource;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.MeshIdentity;
import dev.writ.compiler.syntax.DataSource;
import dev.writ.compiler.syntax.ProviderSyntax;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import java.util.LinkedHashMap;
import java.util.Map;

/** A MeshIdentity. A private key is not written down a second time. */
final class IdentityResource {
    private final DiagnosticSink refusals;

    private IdentityResource(DiagnosticSink refusals) {
        this.refusals = refusals;
    }

    static Map<String, Object> of(MeshIdentity identity, ResourceFrame frame, DiagnosticSink refusals) {
        MeshIdentityResource source = identity.resource();
        Map<String, String> labels = new LinkedHashMap<>();
        source.metadata().labels().forEach((key, text) -> labels.put(key, text.value()));
        labels.remove("kuma.io/mesh");
        return frame.around(
                "MeshIdentity",
                identity.name(),
                source.metadata().namespace() == null
                        ? null
                        : source.metadata().namespace().value(),
                labels,
                new IdentityResource(refusals).spec(identity));
    }

    private Map<String, Object> spec(MeshIdentity identity) {
        MeshIdentityResource source = identity.resource();
        Map<String, Object> spec = new LinkedHashMap<>();
        if (source.matchLabels() != null) {
            Map<String, String> matchLabels = new LinkedHashMap<>();
            source.matchLabels().forEach((key, text) -> matchLabels.put(key, text.value()));
            spec.put("selector", Map.of("dataplane", Map.of("matchLabels", matchLabels)));
        }
        Map<String, Object> templates = new LinkedHashMap<>();
        templates.put("trustDomain", identity.trustDomainTemplate().text().value());
        templates.put("path", identity.pathTemplate().text().value());
        spec.put("spiffeID", templates);
        if (source.provider() != null) {
            spec.put("provider", provider(source.provider()));
        }
        return spec;
    }

    private Map<String, Object> provider(ProviderSyntax provider) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (provider) {
            case ProviderSyntax.Bundled bundled -> {
                fields.put("type", "Bundled");
                fields.put("bundled", bundled(bundled));
            }
            case ProviderSyntax.Spire spire -> {
                fields.put("type", "Spire");
                fields.put(
                        "spire",
                        Map.of("agent", Map.of("timeout", spire.agentTimeout().toMillis() + "ms")));
            }
            case ProviderSyntax.Extension extension ->
                refusals.add(
                        DiagnosticId.TARGET_UNSUPPORTED,
                        extension.span(),
                        "the target `resources` has no word for the provider `Extension`, whose settings are not read",
                        "keep this MeshIdentity as it is written");
        }
        return fields;
    }

    private Map<String, Object> bundled(ProviderSyntax.Bundled bundled) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("meshTrustCreation", bundled.meshTrustCreation() ? "Enabled" : "Disabled");
        fields.put("insecureAllowSelfSigned", bundled.insecureAllowSelfSigned());
        if (bundled.expiry() != null) {
            fields.put(
                    "certificateParameters",
                    Map.of("expiry", bundled.expiry().value().toSeconds() + "s"));
        }
        if (bundled.ca() != null) {
            Map<String, Object> ca = new LinkedHashMap<>();
            ca.put("certificate", source(bundled.ca().certificate()));
            ca.put("privateKey", privateKey(bundled.ca().privateKey()));
            fields.put("ca", ca);
        } else {
            fields.put("autogenerate", Map.of("enabled", bundled.autogenerate()));
        }
        return fields;
    }

    private Map<String, Object> privateKey(DataSource source) {
        if (source instanceof DataSource.Inline inline) {
            refusals.add(
                    DiagnosticId.TARGET_UNSUPPORTED,
                    inline.span(),
                    "a private key in the resource itself, which is not written down a second time",
                    "name a `Secret`, a `File` or an `EnvVar` that holds it");
            return Map.of();
        }
        return source(source);
    }

    private static Map<String, Object> source(DataSource source) {
        Map<String, Object> fields = new LinkedHashMap<>();
        String text = source.text().value();
        switch (source) {
            case DataSource.File file -> {
                fields.put("type", "File");
                fields.put("file", Map.of("path", text));
            }
            case DataSource.Secret secret -> {
                fields.put("type", "Secret");
                fields.put("secretRef", secretRef(text));
            }
            case DataSource.EnvVar variable -> {
                fields.put("type", "EnvVar");
                fields.put("envVar", Map.of("name", text));
            }
            case DataSource.Inline inline -> {
                fields.put("type", "InsecureInline");
                fields.put("insecureInline", Map.of("value", text));
            }
        }
        return fields;
    }

    private static Map<String, Object> secretRef(String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", "Secret");
        fields.put("name", name);
        return fields;
    }
}
