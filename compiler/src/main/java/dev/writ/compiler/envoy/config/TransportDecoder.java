package dev.writ.compiler.envoy.config;

import dev.writ.compiler.envoy.config.ClientValidation.Authority;
import dev.writ.compiler.envoy.config.ClientValidation.More;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            "prefer_client_ciphers",
            "full_scan_certs_on_sni_mismatch",
            "ocsp_staple_policy",
            "session_ticket_keys",
            "session_ticket_keys_sds_secret_config");
    private static final Set<String> MODELLED_IN_COMMON = Set.of(
            "tls_params",
            "tls_certificates",
            "tls_certificate_sds_secret_configs",
            "validation_context",
            "validation_context_sds_secret_config",
            "combined_validation_context",
            "alpn_protocols",
            "key_log");
    // The SPIFFE validator ignores trusted_ca.
    private static final Set<String> MODELLED_IN_VALIDATION = Set.of(
            "match_typed_subject_alt_names",
            "custom_validator_config",
            "trusted_ca",
            "watched_directory",
            "allow_expired_certificate",
            "trust_chain_verification",
            "max_verify_depth",
            "verify_certificate_hash",
            "verify_certificate_spki",
            "crl",
            "only_verify_leaf_cert_crl",
            // Envoy does not implement it.
            "require_signed_certificate_timestamp");
    /** What Kuma up to 2.14 calls the secret with the CA of a mesh, before the mesh's name. */
    private static final String MESH_CA = "mesh_ca:secret:";

    private final Decoding decoding;
    private final Secrets secrets;
    private final SanMatcherDecoder sans;
    private final AuthorityReader bundles;

    TransportDecoder(Decoding decoding, Secrets secrets) {
        this.decoding = decoding;
        this.secrets = secrets;
        this.sans = new SanMatcherDecoder(decoding);
        this.bundles = new AuthorityReader(decoding);
    }

    Transport decode(TransportSocket socket, String place) {
        if (socket.getTypedConfig().is(RawBuffer.class)) {
            return new Transport.Plaintext();
        }
        if (!socket.getTypedConfig().is(DownstreamTlsContext.class)) {
            return decoding.notModelled("the transport socket", socket.getName(), socket.getTypedConfig(), place);
        }
        Optional<DownstreamTlsContext> context =
                decoding.unpack(socket.getTypedConfig(), DownstreamTlsContext.class, place);
        if (context.isEmpty()) {
            return new Unmodelled("a broken TLS context");
        }
        CommonTlsContext common = context.get().getCommonTlsContext();
        ServerCertificates.refuse(common, secrets, decoding, place);
        Optional<Unmodelled> beyond = decoding.beyond(context.get(), MODELLED_IN_DOWNSTREAM, place)
                .or(() -> decoding.beyond(common, MODELLED_IN_COMMON, place + ".common_tls_context"));
        if (beyond.isPresent()) {
            return beyond.get();
        }
        return new Transport.Tls(context.get().getRequireClientCertificate().getValue(), validation(common, place));
    }

    private ClientValidation validation(CommonTlsContext common, String place) {
        return switch (common.getValidationContextTypeCase()) {
            case VALIDATIONCONTEXTTYPE_NOT_SET -> new ClientValidation.NotRequested();
            case VALIDATION_CONTEXT ->
                validation(common.getValidationContext(), "", place + ".common_tls_context.validation_context");
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
                decoding.unmodelled(place, "a certificate provider is not modelled");
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
                        : noContext(secret, place))
                .orElseGet(() -> decoding.unmodelled(
                        place, "the secret `" + reference.getName() + "` is not part of the config"));
    }

    /** A dump shows of some secrets the name alone. */
    private ClientValidation noContext(Secret secret, String place) {
        return secret.getTypeCase() == Secret.TypeCase.TYPE_NOT_SET
                ? decoding.unmodelled(place, "what is in the secret `" + secret.getName() + "` is not in the config")
                : decoding.refuse(place, "the secret `" + secret.getName() + "` is no validation context");
    }

    /** @param secret the name of the secret that the context is from; empty if it is in none */
    private ClientValidation validation(CertificateValidationContext context, String secret, String place) {
        Optional<Unmodelled> beyond = decoding.beyond(context, MODELLED_IN_VALIDATION, place);
        if (beyond.isPresent()) {
            return beyond.get();
        }
        CertificatePins.refuse(context, decoding, place);
        if (!context.hasCustomValidatorConfig()) {
            return oneCa(context, secret, place);
        }
        if (!context.getCustomValidatorConfig().getTypedConfig().is(SPIFFECertValidatorConfig.class)) {
            return decoding.notModelled("the certificate validator", context.getCustomValidatorConfig(), place);
        }
        String at = place + ".custom_validator_config";
        return decoding.unpack(context.getCustomValidatorConfig().getTypedConfig(), SPIFFECertValidatorConfig.class, at)
                .map(validator -> spiffe(validator, context, at))
                .orElseGet(() -> new Unmodelled("a broken SPIFFE validator"));
    }

    private ClientValidation spiffe(
            SPIFFECertValidatorConfig validator, CertificateValidationContext context, String place) {
        if (validator.hasTrustBundles()) {
            if (validator.getTrustBundles().hasFilename()) {
                decoding.readsBundles(
                        place + ".trust_bundles.filename",
                        validator.getTrustBundles().hasWatchedDirectory());
            }
            return SpiffeBundles.trustDomains(validator.getTrustBundles())
                    .<ClientValidation>map(trustDomains -> new ClientValidation.SpiffeTrust(
                            trustDomains, Map.of(), sanMatchers(context, place), context.getAllowExpiredCertificate()))
                    .orElseGet(() -> decoding.unmodelled(place, "the bundles of the SPIFFE validator are not at hand"));
        }
        List<String> trustDomains = new ArrayList<>();
        Map<String, Authority> authorities = new LinkedHashMap<>();
        for (SPIFFECertValidatorConfig.TrustDomain trustDomain : validator.getTrustDomainsList()) {
            String at = place + ".trust_domains[" + trustDomains.size() + "]";
            if (trustDomains.contains(trustDomain.getName())) {
                decoding.refuse(at, "the trust domain `" + trustDomain.getName() + "` is given twice");
            }
            trustDomains.add(trustDomain.getName());
            Authority authority = bundles.read(trustDomain.getTrustBundle(), at + ".trust_bundle");
            if (authority.known()) {
                authorities.put(trustDomain.getName(), authority);
            }
        }
        return new ClientValidation.SpiffeTrust(
                trustDomains, authorities, sanMatchers(context, place), context.getAllowExpiredCertificate());
    }

    /** Without the SPIFFE validator only what Kuma calls its secret says which trust domain a CA is of. */
    private ClientValidation oneCa(CertificateValidationContext context, String secret, String place) {
        boolean acceptUntrusted = context.getTrustChainVerification()
                == CertificateValidationContext.TrustChainVerification.ACCEPT_UNTRUSTED;
        List<SanMatcher> matchers = sanMatchers(context, place);
        Optional<More> more = more(context);
        if (!context.hasTrustedCa()) {
            refuseWithoutCa(context, place);
            if (acceptUntrusted) {
                return new ClientValidation.Unverified(more);
            }
            // A certificate that is pinned may have any issuer, and expire.
            return more.<ClientValidation>map(pins ->
                            new ClientValidation.OneCa(Authority.UNKNOWN, List.of(), true, false, Optional.of(pins)))
                    .orElseGet(ClientValidation.NotRequested::new);
        }
        Authority authority = secret.startsWith(MESH_CA)
                ? new Authority(List.of(secret.substring(MESH_CA.length())), true)
                : bundles.read(context.getTrustedCa(), place + ".trusted_ca");
        return new ClientValidation.OneCa(
                authority, matchers, context.getAllowExpiredCertificate(), acceptUntrusted, more);
    }

    private void refuseWithoutCa(CertificateValidationContext context, String place) {
        if (context.getMatchTypedSubjectAltNamesCount() > 0) {
            decoding.refuse(place, "SAN matchers without a `trusted_ca`: they would believe every certificate");
        }
        if (context.hasCrl()) {
            decoding.refuse(place + ".crl", "a revocation list without a `trusted_ca`");
        }
        if (context.getAllowExpiredCertificate()) {
            decoding.refuse(
                    place + ".allow_expired_certificate",
                    "without a `trusted_ca` nobody asks when certificates expire");
        }
    }

    /** The SPIFFE validator takes no notice of these. */
    private static Optional<More> more(CertificateValidationContext context) {
        if (context.getVerifyCertificateHashCount() > 0 || context.getVerifyCertificateSpkiCount() > 0) {
            return Optional.of(
                    new More("certificates are pinned by hash, and a request does not tell that of its own", true));
        }
        return context.hasCrl()
                ? Optional.of(new More(
                        "a revocation list may have the certificate, and a request does not tell its serial number",
                        false))
                : Optional.empty();
    }

    private List<SanMatcher> sanMatchers(CertificateValidationContext context, String place) {
        return sans.decode(context.getMatchTypedSubjectAltNamesList(), place + ".match_typed_subject_alt_names");
    }
}
