package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.ProviderSyntax.UserCa;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.ScalarType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code provider} of a MeshIdentity, and refuses what Kuma refuses ({@code
 * meshidentity/api/v1alpha1/validator.go}); its defaults are those of the documentation.
 */
final class ProviderReader {
    private static final List<String> TYPES = List.of("Bundled", "Spire", "Extension");
    private static final Duration AGENT_TIMEOUT = Duration.ofSeconds(1);

    private ProviderReader() {}

    /** The provider; null where there is none, and where it could not be read. */
    static @Nullable ProviderSyntax read(Fields provider) {
        provider.require("type");
        Located<String> type = provider.oneOf("type", TYPES);
        ProviderSyntax read = type == null
                ? null
                : switch (type.value()) {
                    case "Bundled" -> bundled(provider.requiredMapping("bundled"));
                    case "Spire" -> spire(provider.requiredMapping("spire"));
                    case "Extension" -> extension(provider.requiredMapping("extension"));
                    default -> throw new IllegalStateException("no reader for the provider " + type.value());
                };
        provider.pass("bundled", "spire", "extension");
        provider.refuseOthers();
        return read;
    }

    private static ProviderSyntax bundled(Fields bundled) {
        Located<String> creation = bundled.oneOf("meshTrustCreation", List.of("Enabled", "Disabled"));
        boolean selfSigned = bundled.flag("insecureAllowSelfSigned", false);
        Fields autogenerate = bundled.mapping("autogenerate");
        boolean generated = autogenerate.flag("enabled", false);
        // What is misspelt or of a wrong type was perhaps the CA.
        boolean isUnsaid = autogenerate.any("enabled") instanceof Scalar scalar
                ? scalar.type() == ScalarType.BOOLEAN
                : autogenerate.any("enabled") == null;
        isUnsaid &= !autogenerate.hasOthers();
        autogenerate.refuseOthers();
        Fields parameters = bundled.mapping("certificateParameters");
        Located<Duration> expiry = expiry(parameters);
        parameters.refuseOthers();
        boolean isGiven = bundled.any("ca") != null;
        UserCa ca = isGiven ? ca(bundled, generated) : null;
        if (!generated && !isGiven && isUnsaid && bundled.isPresent() && !bundled.hasOthers()) {
            bundled.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    "ca",
                    bundled.span(),
                    "a provider without a CA",
                    "let Kuma make one, `autogenerate.enabled: true`, or give one, `ca`");
        }
        bundled.refuseOthers();
        boolean trust = creation == null || creation.value().equals("Enabled");
        return new ProviderSyntax.Bundled(trust, selfSigned, generated, ca, expiry, bundled.span());
    }

    private static @Nullable UserCa ca(Fields bundled, boolean generated) {
        if (generated) {
            bundled.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    "ca",
                    bundled.keySpan("ca"),
                    "a CA of one's own does not go with `autogenerate`",
                    "take one of the two out");
            return null;
        }
        Fields ca = bundled.mapping("ca");
        if (!ca.isPresent()) {
            return null;
        }
        DataSource certificate = DataSourceReader.read(ca, "certificate");
        DataSource key = DataSourceReader.read(ca, "privateKey");
        ca.refuseOthers();
        return certificate == null || key == null ? null : new UserCa(certificate, key, ca.span());
    }

    private static @Nullable Located<Duration> expiry(Fields parameters) {
        SourceText expiry = parameters.text("expiry");
        if (expiry == null) {
            return null;
        }
        Duration duration = GoDuration.parse(expiry.value()).orElse(Duration.ZERO);
        if (duration.isNegative() || duration.isZero()) {
            parameters.refuse(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    "expiry",
                    expiry.span(),
                    "`" + expiry.value() + "` is no duration above zero",
                    "for example `24h` or `1h30m`");
            return null;
        }
        return new Located<>(duration, expiry.span());
    }

    private static ProviderSyntax spire(Fields spire) {
        Fields agent = spire.mapping("agent");
        SourceText text = agent.text("timeout");
        Duration timeout = AGENT_TIMEOUT;
        if (text != null) {
            timeout = GoDuration.parse(text.value()).orElse(Duration.ofSeconds(-1));
            if (timeout.isNegative()) {
                agent.refuse(
                        DiagnosticId.SCHEMA_INVALID_VALUE,
                        "timeout",
                        text.span(),
                        "`" + text.value() + "` is no duration",
                        "for example `2s`");
            }
        }
        agent.refuseOthers();
        spire.refuseOthers();
        return new ProviderSyntax.Spire(timeout, spire.span());
    }

    private static ProviderSyntax extension(Fields extension) {
        extension.require("name");
        Located<String> name = extension.name("name");
        if (name != null && name.value().isEmpty()) {
            extension.refuse(
                    DiagnosticId.SCHEMA_MISSING_FIELD, "name", name.span(), "an extension without a name", null);
        }
        // Its own settings, which the extension knows.
        extension.pass("config");
        extension.refuseOthers();
        return new ProviderSyntax.Extension(name, extension.span());
    }
}
