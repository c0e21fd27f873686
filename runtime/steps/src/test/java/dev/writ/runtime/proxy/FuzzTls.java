package dev.writ.runtime.proxy;

import static dev.writ.runtime.proxy.FuzzValues.any;
import static dev.writ.runtime.proxy.FuzzValues.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random TLS contexts: a CA or a SPIFFE validator, with what they let through besides. */
final class FuzzTls {
    private final FuzzValues values;
    private final FuzzAuthorities authorities;

    FuzzTls(FuzzValues values, FuzzAuthorities authorities) {
        this.values = values;
        this.authorities = authorities;
    }

    Map<String, Object> context() {
        Map<String, Object> common = map(
                "tls_certificates",
                List.of(map(
                        "certificate_chain", map("inline_string", authorities.calleeChain()),
                        "private_key", map("inline_string", authorities.calleeKey()))));
        if (values.isNarrow() || values.below(12) > 0) {
            common.put("validation_context", validation());
        }
        return any(
                "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
                "common_tls_context",
                common,
                "require_client_certificate",
                values.isNarrow() || values.oneIn(2));
    }

    private Map<String, Object> validation() {
        Map<String, Object> context = map();
        if (values.below(3) > 0) {
            context.put("trusted_ca", map("inline_string", bundle(FuzzAuthorities.SHOP)));
            if (!values.isNarrow() && values.oneIn(6)) {
                context.put("trust_chain_verification", "ACCEPT_UNTRUSTED");
            }
        } else {
            context.put(
                    "custom_validator_config",
                    map(
                            "name",
                            "envoy.tls.cert_validator.spiffe",
                            "typed_config",
                            any(
                                    "envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig",
                                    "trust_domains",
                                    trustDomains())));
        }
        if (values.oneIn(8)) {
            context.put(
                    "match_typed_subject_alt_names",
                    values.some(
                            1,
                            2,
                            () -> values.oneIn(3)
                                    ? map("san_type", "DNS", "matcher", values.text(FuzzValues.DNS_NAMES))
                                    : map(
                                            "san_type",
                                            "URI",
                                            "matcher",
                                            map(
                                                    "prefix",
                                                    "spiffe://"
                                                            + values.pick(List.of("", "shop", "shop.example/ns/a"))))));
        }
        if (values.oneIn(8)) {
            context.put("allow_expired_certificate", true);
        }
        return context;
    }

    private List<Map<String, Object>> trustDomains() {
        List<Map<String, Object>> domains = new ArrayList<>();
        domains.add(
                map("name", FuzzAuthorities.SHOP, "trust_bundle", map("inline_string", bundle(FuzzAuthorities.SHOP))));
        if (values.below(3) > 0) {
            domains.add(map(
                    "name",
                    FuzzAuthorities.PARTNER,
                    "trust_bundle",
                    map("inline_string", bundle(FuzzAuthorities.PARTNER))));
        }
        return domains;
    }

    private String bundle(String trustDomain) {
        return authorities.bundle(trustDomain);
    }
}
