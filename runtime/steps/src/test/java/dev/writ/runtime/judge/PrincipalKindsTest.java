package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of principal of the classic rules, asked of {@link LoneRbac#request}. */
class PrincipalKindsTest {
    private static final String VALIDATED =
            "custom: {name: c, typed_config: {'@type': type.googleapis.com/envoy.extensions.rbac.principals.mtls_authenticated.v3.Config, %s}}";

    private static Verdict.Decision decide(String principal, Request request) {
        return LoneRbac.decide("any: true", principal, request).decision();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "any: true | ALLOW",
                "not_id: {any: true} | DENY",
                "and_ids: {ids: [{any: true}, {authenticated: {}}]} | ALLOW",
                "and_ids: {ids: [{any: true}, {not_id: {any: true}}]} | DENY",
                "or_ids: {ids: [{not_id: {any: true}}, {any: true}]} | ALLOW",
                "or_ids: {ids: [{not_id: {any: true}}, {not_id: {authenticated: {}}}]} | DENY",
                "authenticated: {} | ALLOW",
                "authenticated: {principal_name: {exact: 'spiffe://a.example/web2'}} | ALLOW",
                "authenticated: {principal_name: {exact: web.a.example}} | ALLOW",
                "authenticated: {principal_name: {exact: 'CN=web,O=Acme'}} | ALLOW",
                "authenticated: {principal_name: {exact: 'spiffe://a.example/web,spiffe://a.example/web2'}} | DENY",
                "authenticated: {principal_name: {exact: nobody}} | DENY",
                "source_ip: {address_prefix: 10.0.0.0, prefix_len: 24} | ALLOW",
                "source_ip: {address_prefix: 10.0.1.0, prefix_len: 24} | DENY",
                "direct_remote_ip: {address_prefix: 10.0.0.5, prefix_len: 32} | ALLOW",
                "remote_ip: {address_prefix: 10.0.0.5, prefix_len: 32} | ALLOW",
                "remote_ip: {address_prefix: 10.0.0.4, prefix_len: 32} | DENY",
                "header: {name: x-role, string_match: {exact: admin}} | ALLOW",
                "header: {name: x-role, string_match: {exact: nobody}} | DENY",
                "url_path: {path: {suffix: v1}} | ALLOW",
                "url_path: {path: {suffix: x=1}} | DENY",
                "metadata: {filter: f, path: [{key: k}], value: {present_match: true}} | UNKNOWN",
                "filter_state: {key: k, string_match: {exact: v}} | UNKNOWN"
            })
    void aPrincipalIsOrIsNotTheCaller(String principal, Verdict.Decision expected) {
        assertThat(decide(principal, LoneRbac.request().build())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "any_validated_client_certificate: true | ALLOW",
                "san_matcher: {san_type: URI, matcher: {exact: 'spiffe://a.example/web2'}} | ALLOW",
                "san_matcher: {san_type: URI, matcher: {exact: 'spiffe://a.example/w'}} | DENY",
                "san_matcher: {san_type: DNS, matcher: {exact: db.b.example}} | ALLOW",
                "san_matcher: {san_type: DNS, matcher: {exact: x.db.b.example}} | DENY",
                "san_matcher: {san_type: DNS, matcher: {prefix: db}} | DENY",
                "san_matcher: {san_type: EMAIL, matcher: {prefix: web}} | DENY"
            })
    void aValidatedCertificateHasSuchASan(String certificate, Verdict.Decision expected) {
        assertThat(decide(
                        String.format(VALIDATED, certificate),
                        LoneRbac.request().build()))
                .isEqualTo(expected);
    }

    @Test
    void whoShowsNoCertificateHasAnEmptySubjectAndNothingElse() {
        Request anonymous = Request.from(new Peer.Anonymous()).build();
        assertThat(decide("authenticated: {}", anonymous)).isEqualTo(Verdict.Decision.ALLOW);
        assertThat(decide("authenticated: {principal_name: {safe_regex: {regex: '.*'}}}", anonymous))
                .isEqualTo(Verdict.Decision.ALLOW);
        assertThat(decide("authenticated: {principal_name: {prefix: spiffe}}", anonymous))
                .isEqualTo(Verdict.Decision.DENY);
        assertThat(decide(String.format(VALIDATED, "any_validated_client_certificate: true"), anonymous))
                .isEqualTo(Verdict.Decision.DENY);
    }

    @Test
    void inPlaintextNobodyIsAuthenticated() {
        Request plaintext = Request.from(new Peer.Plaintext()).build();
        assertThat(decide("authenticated: {}", plaintext)).isEqualTo(Verdict.Decision.DENY);
        assertThat(decide("not_id: {authenticated: {}}", plaintext)).isEqualTo(Verdict.Decision.ALLOW);
    }

    /** Tried on Envoy 1.40.0. */
    @ParameterizedTest
    @CsvSource({
        "::ffff:10.0.0.0, 104, ::ffff:10.0.0.1, ALLOW",
        "::ffff:10.0.0.0, 104, 10.0.0.1, DENY",
        "10.0.0.0, 8, ::ffff:10.0.0.1, DENY",
        "::ffff:0:0, 96, ::ffff:10.0.0.1, ALLOW",
        "'::', 0, ::ffff:10.0.0.1, ALLOW"
    })
    void aMappedAddressIsOneOfIpv6(String prefix, int length, String source, Verdict.Decision expected) {
        String principal = "source_ip: {address_prefix: '" + prefix + "', prefix_len: " + length + "}";
        assertThat(decide(principal, LoneRbac.request().source(source, 1).build()))
                .isEqualTo(expected);
    }
}
