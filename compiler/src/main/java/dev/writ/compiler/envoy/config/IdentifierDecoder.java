package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.extensions.rbac.principals.mtls_authenticated.v3.Config;
import java.util.Optional;

/** Decodes the principals of classic RBAC rules. */
final class IdentifierDecoder {
    private final Decoding decoding;
    private final RbacDecoder.Layer layer;
    private final TextMatcherDecoder texts;
    private final HeaderMatchDecoder headers;
    private final IpBlockDecoder blocks;

    IdentifierDecoder(Decoding decoding, RbacDecoder.Layer layer) {
        this.decoding = decoding;
        this.layer = layer;
        this.texts = new TextMatcherDecoder(decoding);
        this.headers = new HeaderMatchDecoder(decoding);
        this.blocks = new IpBlockDecoder(decoding);
    }

    @SuppressWarnings("deprecation") // Envoy takes `source_ip`.
    Identifier decode(Principal principal, String place) {
        return switch (principal.getIdentifierCase()) {
            case ANY -> new Identifier.Any();
            case AND_IDS ->
                new Identifier.AllOf(PolicyDecoder.members(
                        principal.getAndIds().getIdsList(), place + ".and_ids.ids", this::decode));
            case OR_IDS ->
                new Identifier.AnyOf(
                        PolicyDecoder.members(principal.getOrIds().getIdsList(), place + ".or_ids.ids", this::decode));
            case NOT_ID -> new Identifier.Not(decode(principal.getNotId(), place + ".not_id"));
            case AUTHENTICATED ->
                new Identifier.Authenticated(
                        principal.getAuthenticated().hasPrincipalName()
                                ? Optional.of(texts.decode(
                                        principal.getAuthenticated().getPrincipalName(),
                                        place + ".authenticated.principal_name"))
                                : Optional.empty());
            case SOURCE_IP -> address(Identifier.Side.CONNECTION, principal.getSourceIp(), place + ".source_ip");
            case DIRECT_REMOTE_IP ->
                address(Identifier.Side.DIRECT, principal.getDirectRemoteIp(), place + ".direct_remote_ip");
            case REMOTE_IP -> address(Identifier.Side.REQUEST, principal.getRemoteIp(), place + ".remote_ip");
            case HEADER ->
                layer == RbacDecoder.Layer.NETWORK
                        ? decoding.refuse(place + ".header", "a network filter sees no HTTP headers")
                        : new Identifier.Header(headers.decode(principal.getHeader(), place + ".header"));
            case URL_PATH ->
                new Identifier.UrlPath(texts.decode(principal.getUrlPath().getPath(), place + ".url_path.path"));
            case METADATA, SOURCED_METADATA -> decoding.unmodelled(place, "metadata is not modelled");
            case FILTER_STATE -> decoding.unmodelled(place, "filter state is not modelled");
            case CUSTOM -> custom(principal.getCustom(), place + ".custom");
            case IDENTIFIER_NOT_SET -> decoding.unmodelled(place, "a principal that asks nothing");
        };
    }

    private Identifier address(Identifier.Side side, CidrRange range, String place) {
        return blocks.decode(range, place)
                .<Identifier>map(block -> new Identifier.Address(side, block))
                .orElseGet(() -> new Unmodelled("a broken IP address"));
    }

    private Identifier custom(TypedExtensionConfig extension, String place) {
        Any any = extension.getTypedConfig();
        if (!any.is(Config.class)) {
            return decoding.notModelled("the principal", extension, place);
        }
        Config config = decoding.unpack(any, Config.class, place).orElseGet(Config::getDefaultInstance);
        if (config.hasSanMatcher()) {
            return new Identifier.ValidatedCertificate(Optional.of(
                    new SanMatcherDecoder(decoding).decode(config.getSanMatcher(), place + ".san_matcher")));
        }
        return config.getAnyValidatedClientCertificate()
                ? new Identifier.ValidatedCertificate(Optional.empty())
                : decoding.refuse(
                        place, "validates nothing: needs `san_matcher` or `any_validated_client_certificate`");
    }
}
