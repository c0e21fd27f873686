package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decodes a chain's transport socket, and which callers' certificates it takes. */
final class TransportDecoder {
    private static final Set<String> MODELLED_IN_DOWNSTREAM = Set.of(
            "common_tls_context",
            "require_client_certificate",
            "disable_stateless_session_resumption",
            "disable_stateful_session_resumption",
            "session_timeout",
            "prefer_client_ciphers");
    private static final Set<String> MODELLED_IN_COMMON = Set.of(
            "tls_params",
            "tls_certificates",
            "tls_certificate_sds_secret_configs",
            "validation_context",
            "validation_context_sds_secret_config",
            "combined_validation_context",
            "alpn_protocols");
    // The SPIFFE validator ignores trusted_ca.
    private static final Set<String> MODELLED_IN_VALIDATION =
            Set.of("match_typed_subject_alt_names", "custom_validator_config", "trusted_ca", "watched_directory");
    /** What Kuma up to 2.14 calls the secret with the CA of a mesh, before the mesh's name. */
    private static final String MESH_CA = "mesh_ca:secret:";

    private static final Set<String> MODELLED_IN_TRUST_DOMAIN = Set.of("name", "trust_bundle");

    private final Decoding decoding;
    private final Secrets secrets;
    private final TextMatcherDecoder texts;

    TransportDecoder(Decoding decoding, Secrets secrets) {
        this.decoding = decoding;
        this.secrets = secrets;
        this.texts = new TextMatcherDecoder(decoding);
    }

    Transport decode(TransportSocket socket, String place) {
        if (!socket.getTypedConfig().is(DownstreamTlsContext.class)) {
            return ListenerDecoder.notModelled("the transport socket", socket.getName(), socket.getTypedConfig());
        }
        Optional<DownstreamTlsContext> context =
                decoding.unpack(socket.getTypedConfig(), DownstreamTlsContext.class, place);
        if (context.isEmpty()) {
            return new Unmodelled("a broken TLS context");
        }
        CommonTlsContext common = context.get().getCommonTlsContext();
        Optional<Unmodelled> beyond = decoding.beyond(context.get(), MODELLED_IN_DOWNSTREAM)
                .or(() -> decoding.beyond(common, MODELLED_IN_COMMON));
        if (beyond.isPresent()) {
            return beyond.get();
        }
        return new Transport.Tls(context.get().getRequireClientCertificate().getValue(), validation(common, place));
    }

    private ClientValidation validation(CommonTlsContext common, String place) {
        return switch (common.getValidationContextTypeCase()) {
            case VALIDATIONCONTEXTTYPE_NOT_SET -> new ClientValidation.NotRequested();
            case VALIDATION_CONTEXT -> validation(common.getValidationContext(), "", place);
            case VALIDATION_CONTEXT_SDS_SECRET_CONFIG ->
                validationBySds(
                        CertificateValidationContext.getDefaultInstance(),
                        common.getValidationContextSdsSecretConfig(),
                        place);
            case COMBINED_VALIDATION_CONTEXT ->
                validationBySds(
                        common.getCombinedValidationContext().getDefaultValidationContext(),
                        common.getCombinedValidationContext().getValidationContextSdsSecretConfig(),
                        place);
            case VALIDATION_CONTEXT_CERTIFICATE_PROVIDER, VALIDATION_CONTEXT_CERTIFICATE_PROVIDER_INSTANCE ->
                new Unmodelled("a certificate provider is not modelled");
        };
    }

    // Envoy merges the secret over the default context as protobuf merges messages: matchers of both stay.
    private ClientValidation validationBySds(
            CertificateValidationContext byDefault, SdsSecretConfig reference, String place) {
        if (secrets.isNeverSent(reference)) {
            return new ClientValidation.SpiffeTrust(List.of(), List.of());
        }
        return secrets.find(reference, place)
                .map(secret -> secret.hasValidationContext()
                        ? validation(
                                byDefault.toBuilder()
                                        .mergeFrom(secret.getValidationContext())
                                        .build(),
                                reference.getName(),
                                place)
                        : decoding.refuse(place, "the secret `" + secret.getName() + "` is no validation context"))
                .orElseGet(() -> new Unmodelled("the secret `" + reference.getName() + "` is not part of the config"));
    }

    /** @param secret the name of the secret that the context is from; empty if it is in none */
    private ClientValidation validation(CertificateValidationContext context, String secret, String place) {
        Optional<Unmodelled> beyond = decoding.beyond(context, MODELLED_IN_VALIDATION);
        if (beyond.isPresent()) {
            return beyond.get();
        }
        if (!context.hasCustomValidatorConfig()) {
            return oneCa(context, secret, place);
        }
        if (!context.getCustomValidatorConfig().getTypedConfig().is(SPIFFECertValidatorConfig.class)) {
            return ListenerDecoder.notModelled(
                    "the certificate validator",
                    context.getCustomValidatorConfig().getName(),
                    context.getCustomValidatorConfig().getTypedConfig());
        }
        return decoding.unpack(
                        context.getCustomValidatorConfig().getTypedConfig(), SPIFFECertValidatorConfig.class, place)
                .map(validator -> spiffe(validator, context.getMatchTypedSubjectAltNamesList(), place))
                .orElseGet(() -> new Unmodelled("a broken SPIFFE validator"));
    }

    private ClientValidation spiffe(
            SPIFFECertValidatorConfig validator, List<SubjectAltNameMatcher> matchers, String place) {
        if (validator.hasTrustBundles()) {
            return new Unmodelled("`trust_bundles` of the SPIFFE validator are not modelled");
        }
        List<String> trustDomains = new ArrayList<>();
        for (SPIFFECertValidatorConfig.TrustDomain trustDomain : validator.getTrustDomainsList()) {
            if (trustDomain.getName().isEmpty() || trustDomains.contains(trustDomain.getName())) {
                decoding.refuse(place, "the trust domain `" + trustDomain.getName() + "` is empty or given twice");
            }
            decoding.beyond(trustDomain, MODELLED_IN_TRUST_DOMAIN)
                    .ifPresent(field -> decoding.refuse(place, field.reason()));
            trustDomains.add(trustDomain.getName());
        }
        if (trustDomains.isEmpty()) {
            decoding.refuse(place, "a SPIFFE validator without trust domains");
        }
        return new ClientValidation.SpiffeTrust(trustDomains, sanMatchers(matchers, place));
    }

    /** Kuma's name for the secret is all that says whose CA it is; that of any other nobody knows. */
    private ClientValidation oneCa(CertificateValidationContext context, String secret, String place) {
        if (!context.hasTrustedCa() || !secret.startsWith(MESH_CA)) {
            return new Unmodelled("without the SPIFFE validator nothing ties a trust domain to its CA");
        }
        return new ClientValidation.OneCa(
                secret.substring(MESH_CA.length()), sanMatchers(context.getMatchTypedSubjectAltNamesList(), place));
    }

    private List<ClientValidation.SanMatcher> sanMatchers(List<SubjectAltNameMatcher> matchers, String place) {
        return matchers.stream().map(matcher -> sanMatcher(matcher, place)).toList();
    }

    private ClientValidation.SanMatcher sanMatcher(SubjectAltNameMatcher matcher, String place) {
        ClientValidation.SanKind kind = switch (matcher.getSanType()) {
            case URI -> ClientValidation.SanKind.URI;
            case DNS -> ClientValidation.SanKind.DNS;
            case EMAIL -> ClientValidation.SanKind.EMAIL;
            case IP_ADDRESS -> ClientValidation.SanKind.IP_ADDRESS;
            case OTHER_NAME -> ClientValidation.SanKind.OTHER_NAME;
            case SAN_TYPE_UNSPECIFIED, UNRECOGNIZED -> {
                decoding.refuse(place, "a SAN matcher without its kind of SAN");
                yield ClientValidation.SanKind.OTHER_NAME;
            }
        };
        return new ClientValidation.SanMatcher(kind, texts.decode(matcher.getMatcher(), place + " SAN matcher"));
    }
}
