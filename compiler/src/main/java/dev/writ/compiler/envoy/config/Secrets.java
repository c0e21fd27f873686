package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import dev.writ.compiler.envoy.GeneratedText;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the secrets that TLS contexts name: those of the bootstrap, in the artifact's SDS files, those of a control plane, and
 * the bundle of a SPIRE agent.
 *
 * @param files by path; empty for one that is not at hand
 * @param fromBootstrap static ones
 * @param byControlPlane all that a control plane sends by ADS; empty if nothing is known of it
 * @param agentTrustDomains what an agent at the proxy's side knows; empty if nothing is known of it
 */
record Secrets(
        Decoding decoding,
        Function<String, Optional<List<Secret>>> files,
        List<Secret> fromBootstrap,
        Optional<List<Secret>> byControlPlane,
        List<String> agentTrustDomains) {

    /** The name by which a SPIRE agent gives the bundles of all trust domains it knows, its own and federated ones. */
    private static final String ALL_BUNDLES = "ALL";

    /** Empty where the secret comes from elsewhere, so that nobody knows it offline. */
    Optional<Secret> find(SdsSecretConfig reference, String place) {
        if (!reference.hasSdsConfig()) {
            return sent(reference.getName()).or(() -> required(fromBootstrap, reference.getName(), place));
        }
        return switch (reference.getSdsConfig().getConfigSourceSpecifierCase()) {
            case ADS -> sent(reference.getName());
            case API_CONFIG_SOURCE -> ofAgent(reference.getName()).or(() -> sent(reference.getName()));
            default -> {
                yield files.apply(reference.getSdsConfig().getPathConfigSource().getPath())
                        .flatMap(file -> required(file, reference.getName(), place));
            }
        };
    }

    /** Refuses a name without a source that the bootstrap does not have; a listener alone may be of any bootstrap. */
    void requireStatic(SdsSecretConfig reference, String place) {
        if (!reference.hasSdsConfig()
                && !fromBootstrap.isEmpty()
                && sent(reference.getName()).isEmpty()) {
            required(fromBootstrap, reference.getName(), place);
        }
    }

    /** Whether a control plane, of which all is known, does not send it: the proxy waits for it, and ends every connection. */
    boolean isNeverSent(SdsSecretConfig reference) {
        return reference.getSdsConfig().hasAds()
                && byControlPlane
                        .filter(sent -> named(sent, reference.getName()).isEmpty())
                        .isPresent();
    }

    private Optional<Secret> sent(String name) {
        return byControlPlane.flatMap(secrets -> named(secrets, name));
    }

    private Optional<Secret> required(List<Secret> secrets, String name, String place) {
        Optional<Secret> found = named(secrets, name);
        if (found.isEmpty()) {
            decoding.refuse(place, "there is no secret `" + name + "` where it should be");
        }
        return found;
    }

    private static Optional<Secret> named(List<Secret> secrets, String name) {
        return secrets.stream().filter(secret -> secret.getName().equals(name)).findFirst();
    }

    /** A SPIRE agent gives its bundles as a SPIFFE validator, a CA for each trust domain. */
    private Optional<Secret> ofAgent(String name) {
        if (!name.equals(ALL_BUNDLES) || agentTrustDomains.isEmpty()) {
            return Optional.empty();
        }
        SPIFFECertValidatorConfig.Builder validator = SPIFFECertValidatorConfig.newBuilder();
        for (String trustDomain : agentTrustDomains) {
            validator.addTrustDomains(SPIFFECertValidatorConfig.TrustDomain.newBuilder()
                    .setName(trustDomain)
                    .setTrustBundle(DataSource.newBuilder().setInlineString(GeneratedText.ca(trustDomain))));
        }
        return Optional.of(Secret.newBuilder()
                .setName(name)
                .setValidationContext(CertificateValidationContext.newBuilder()
                        .setCustomValidatorConfig(
                                TypedExtensionConfig.newBuilder().setTypedConfig(Any.pack(validator.build()))))
                .build());
    }
}
