package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code MeshIdentity} with provider {@code Bundled}; its defaults are those of the Kuma 2.x documentation. */
final class MeshIdentityReader {
    private static final List<String> PROVIDERS = List.of("Bundled", "Spire", "Extension");

    private MeshIdentityReader() {}

    static @Nullable Resource read(Document document) {
        Fields spec = document.requiredSpec();
        Map<String, SourceText> matchLabels = matchLabels(spec);
        Fields spiffeId = spec.mapping("spiffeID");
        SourceText trustDomain = spiffeId.text("trustDomain");
        SourceText path = spiffeId.text("path");
        spiffeId.refuseOthers();
        ProviderSyntax.Bundled provider = provider(spec.requiredMapping("provider"));
        spec.refuseOthers();
        if (provider == null) {
            return null;
        }
        return new MeshIdentityResource(
                document.metadata(), document.metadata().name().span(), matchLabels, trustDomain, path, provider);
    }

    /** Kuma: no selector, or one without {@code dataplane}, selects nothing; one without labels selects everything. */
    private static @Nullable Map<String, SourceText> matchLabels(Fields spec) {
        Fields selector = spec.mapping("selector");
        Fields dataplane = selector.mapping("dataplane");
        Map<String, SourceText> labels = dataplane.texts("matchLabels");
        dataplane.refuseOthers();
        selector.refuseOthers();
        return dataplane.isPresent() ? Objects.requireNonNullElse(labels, Map.of()) : null;
    }

    private static ProviderSyntax.@Nullable Bundled provider(Fields provider) {
        provider.require("type");
        Located<String> type = provider.oneOf("type", PROVIDERS);
        boolean bundled = type != null && type.value().equals("Bundled");
        if (bundled) {
            provider.require("bundled");
        } else if (type != null) {
            provider.sink()
                    .add(
                            DiagnosticId.SCHEMA_UNSUPPORTED,
                            type.span(),
                            "the provider `" + type.value() + "` is not supported yet",
                            "only `Bundled` is");
        }
        Fields fields = provider.mapping("bundled");
        ProviderSyntax.Bundled read = fields.isPresent() ? bundled(fields) : null;
        provider.pass("spire", "extension");
        provider.refuseOthers();
        return bundled ? read : null;
    }

    private static ProviderSyntax.Bundled bundled(Fields bundled) {
        Located<String> creation = bundled.oneOf("meshTrustCreation", List.of("Enabled", "Disabled"));
        boolean selfSigned = bundled.flag("insecureAllowSelfSigned", false);
        Fields autogenerate = bundled.mapping("autogenerate");
        boolean generated = autogenerate.flag("enabled", false);
        autogenerate.refuseOthers();
        Fields parameters = bundled.mapping("certificateParameters");
        Located<Duration> expiry = expiry(parameters);
        parameters.refuseOthers();
        bundled.unsupported(
                "ca",
                generated
                        ? "a CA of one's own does not go with `autogenerate`"
                        : "a CA of one's own is not supported yet",
                "let Kuma make the CA: `autogenerate.enabled: true` and `insecureAllowSelfSigned: true`");
        bundled.refuseOthers();
        boolean trust = creation == null || creation.value().equals("Enabled");
        return new ProviderSyntax.Bundled(trust, selfSigned, generated, null, expiry, bundled.span());
    }

    private static @Nullable Located<Duration> expiry(Fields parameters) {
        SourceText expiry = parameters.text("expiry");
        if (expiry == null) {
            return null;
        }
        Duration duration = GoDuration.parse(expiry.value()).orElse(Duration.ZERO);
        if (duration.isNegative() || duration.isZero()) {
            parameters
                    .sink()
                    .add(
                            DiagnosticId.SCHEMA_INVALID_VALUE,
                            expiry.span(),
                            "`" + expiry.value() + "` is no duration above zero",
                            "for example `24h` or `1h30m`");
            return null;
        }
        return new Located<>(duration, expiry.span());
    }
}
