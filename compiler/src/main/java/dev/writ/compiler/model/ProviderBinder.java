package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.spiffe.PrivateKeyText;
import dev.writ.compiler.spiffe.SigningAuthority;
import dev.writ.compiler.syntax.DataSource;
import dev.writ.compiler.syntax.ProviderSyntax;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds the provider of a MeshIdentity: reads the CA that a user provides, where it is at hand, and judges whether Kuma could
 * sign with it. What is not at hand counts as good.
 */
final class ProviderBinder {
    /** Seed 003, and Kuma up to 2.14. */
    private static final Duration DEFAULT_EXPIRY = Duration.ofHours(24);

    /** Kuma 3. */
    private static final Duration DEFAULT_EXPIRY_OF_3 = Duration.ofDays(5);

    private final Target target;
    private final SecretTexts texts;
    private final DiagnosticSink diagnostics;

    ProviderBinder(Target target, SecretTexts texts, DiagnosticSink diagnostics) {
        this.target = target;
        this.texts = texts;
        this.diagnostics = diagnostics;
    }

    /**
     * A provider, and what keeps it from issuing.
     *
     * @param notReady why it cannot issue; null if it can
     * @param ofKuma the same as Kuma says it in the condition {@code Provider}; null if it can
     */
    record Bound(
            IdentityProvider provider,
            @Nullable String notReady,
            @Nullable String ofKuma) {}

    Bound bind(@Nullable ProviderSyntax syntax, String mesh, String namespace) {
        return switch (syntax) {
            case null -> new Bound(new IdentityProvider.Unset(), "it names no provider", null);
            case ProviderSyntax.Bundled bundled -> bundled(bundled, mesh, namespace);
            case ProviderSyntax.Spire spire -> new Bound(new IdentityProvider.Spire(spire.agentTimeout()), null, null);
            case ProviderSyntax.Extension extension -> new Bound(new IdentityProvider.Extension(), null, null);
        };
    }

    private Bound bundled(ProviderSyntax.Bundled bundled, String mesh, String namespace) {
        ProviderSyntax.UserCa ca = bundled.autogenerate() ? null : bundled.ca();
        String certificates = ca == null ? null : text(ca.certificate(), "certificate", mesh, namespace);
        String keyText = ca == null ? null : text(ca.privateKey(), "private key", mesh, namespace);
        PrivateKeyText key = keyText == null ? null : new PrivateKeyText(keyText);
        IdentityProvider provider = new IdentityProvider.Bundled(
                bundled.meshTrustCreation(),
                bundled.autogenerate(),
                certificates,
                key,
                bundled.expiry() == null
                        ? target == Target.KUMA_3 ? DEFAULT_EXPIRY_OF_3 : DEFAULT_EXPIRY
                        : bundled.expiry().value());
        if (!bundled.autogenerate() && ca == null) {
            return new Bound(
                    provider,
                    "it has no CA: `autogenerate.enabled` is not true, and there is no `ca`",
                    "CA is not provided");
        }
        if (ca != null && certificates != null) {
            List<SigningAuthority.Fault> faults = SigningAuthority.faults(certificates, key);
            if (!faults.isEmpty()) {
                report(ca, faults);
                return new Bound(
                        provider,
                        partOf(faults.getFirst(), "its CA") + faults.getFirst().message(),
                        faults.stream().map(SigningAuthority.Fault::ofKuma).collect(Collectors.joining("; ")));
            }
        }
        boolean isSelfSigned =
                bundled.autogenerate() || certificates != null && SigningAuthority.isSelfSigned(certificates);
        return isSelfSigned && !bundled.insecureAllowSelfSigned()
                ? new Bound(
                        provider,
                        "its " + (bundled.autogenerate() ? "generated " : "")
                                + "CA signs itself, and `insecureAllowSelfSigned` is not true",
                        "self-signed certificates are not allowed")
                : new Bound(provider, null, null);
    }

    private @Nullable String text(DataSource source, String what, String mesh, String namespace) {
        return switch (texts.read(source, mesh, namespace)) {
            case SecretTexts.Found.Text text -> text.value();
            case SecretTexts.Found.Nothing nothing -> {
                diagnostics.add(
                        DiagnosticId.IDENTITY_CA_NOT_AT_HAND,
                        source.span(),
                        "the " + what + " of the CA is not at hand: " + nothing.reason(),
                        nothing.help());
                yield null;
            }
        };
    }

    private void report(ProviderSyntax.UserCa ca, List<SigningAuthority.Fault> faults) {
        for (SigningAuthority.Fault fault : faults) {
            boolean isKey = fault.part() == SigningAuthority.Part.KEY;
            diagnostics.add(
                    DiagnosticId.IDENTITY_CA_UNUSABLE,
                    isKey ? ca.privateKey().span() : ca.certificate().span(),
                    partOf(fault, "the CA") + fault.message(),
                    "Kuma: `" + fault.ofKuma() + "`");
        }
    }

    private static String partOf(SigningAuthority.Fault fault, String ca) {
        return switch (fault.part()) {
            case KEY -> "the private key of " + ca + " ";
            case CERTIFICATE -> "the certificate of " + ca + " ";
        };
    }
}
