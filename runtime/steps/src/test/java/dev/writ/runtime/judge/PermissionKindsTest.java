package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of permission of the classic rules, asked of {@link LoneRbac#request}. */
class PermissionKindsTest {
    private static Verdict.Decision decide(String permission) {
        return LoneRbac.decide(permission, "any: true", LoneRbac.request().build())
                .decision();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "any: true | ALLOW",
                "not_rule: {any: true} | DENY",
                "and_rules: {rules: [{any: true}, {destination_port: 5050}]} | ALLOW",
                "and_rules: {rules: [{any: true}, {destination_port: 5051}]} | DENY",
                "or_rules: {rules: [{destination_port: 5051}, {destination_port: 5050}]} | ALLOW",
                "or_rules: {rules: [{destination_port: 5051}, {destination_port: 5052}]} | DENY",
                "destination_port_range: {start: 5050, end: 5051} | ALLOW",
                "destination_port_range: {start: 5000, end: 5050} | DENY",
                "destination_ip: {address_prefix: 10.1.0.0, prefix_len: 16} | ALLOW",
                "destination_ip: {address_prefix: 10.0.0.0, prefix_len: 16} | DENY",
                "destination_ip: {address_prefix: '::', prefix_len: 0} | DENY",
                "requested_server_name: {exact: kv.a.example} | ALLOW",
                "requested_server_name: {exact: KV.a.example} | DENY",
                "url_path: {path: {exact: /api/v1}} | ALLOW",
                "url_path: {path: {exact: '/api/v1?x=1'}} | DENY",
                "url_path: {path: {prefix: /api}} | ALLOW",
                "header: {name: x-role, string_match: {exact: user}} | ALLOW",
                "header: {name: x-role, string_match: {exact: 'admin,user'}} | DENY",
                "header: {name: x-role, string_match: {exact: guest}, invert_match: true} | ALLOW",
                "header: {name: x-role, string_match: {exact: user}, invert_match: true} | DENY",
                "header: {name: x-none, string_match: {exact: user}, invert_match: true} | DENY",
                "header: {name: x-none, string_match: {exact: ''}, treat_missing_header_as_empty: true} | ALLOW",
                "header: {name: x-none, present_match: false} | ALLOW",
                "header: {name: x-role, exact_match: ''} | ALLOW",
                "header: {name: x-role, string_match: {exact: ''}} | DENY",
                "header: {name: x-none, exact_match: ''} | DENY",
                "header: {name: x-none, exact_match: '', treat_missing_header_as_empty: true} | ALLOW",
                "header: {name: x-none, exact_match: '', invert_match: true} | DENY",
                "header: {name: x-role, present_match: true} | ALLOW",
                "header: {name: x-n, range_match: {start: 5, end: 6}} | ALLOW",
                "header: {name: x-n, range_match: {start: 0, end: 5}} | DENY",
                "header: {name: x-role, range_match: {start: 0, end: 5}} | DENY",
                "header: {name: ':method', string_match: {exact: POST}} | ALLOW",
                "header: {name: ':path', string_match: {exact: '/api/v1?x=1'}} | ALLOW",
                "header: {name: host, string_match: {prefix: kv.a.example}} | ALLOW",
                "metadata: {filter: f, path: [{key: k}], value: {present_match: true}} | UNKNOWN"
            })
    void aPermissionIsOrIsNotForTheRequest(String permission, Verdict.Decision expected) {
        assertThat(decide(permission)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/api/*, ALLOW", "/api, DENY", "/**, ALLOW", "/*, DENY", "'/{a}/v1', ALLOW", "'/{a=api}/{b=**}', ALLOW"
    })
    void aTemplateIsForThePathWithoutItsQuery(String template, Verdict.Decision expected) {
        assertThat(decide(
                        "uri_template: {name: t, typed_config: {'@type': type.googleapis.com/envoy.extensions.path.match"
                                + ".uri_template.v3.UriTemplateMatchConfig, path_template: '" + template + "'}}"))
                .isEqualTo(expected);
    }

    /** Found by the fuzzer: the class of characters in Envoy's binary holds it. */
    @Test
    void anAsteriskInAPathIsACharacterToATemplate() {
        String permission =
                "uri_template: {name: t, typed_config: {'@type': type.googleapis.com/envoy.extensions.path.match"
                        + ".uri_template.v3.UriTemplateMatchConfig, path_template: '/{x}'}}";
        Request asterisk = LoneRbac.request().path("/a*b").build();
        assertThat(LoneRbac.decide(permission, "any: true", asterisk).decision())
                .isEqualTo(Verdict.Decision.ALLOW);
    }

    @Test
    void whatTheRequestDoesNotSayIsUnknownUnlessItChangesNothing() {
        Request unsaid = Request.from(new Peer.Anonymous()).headersUnsaid().build();
        assertThat(LoneRbac.decide("destination_port: 5050", "any: true", unsaid)
                        .reason())
                .isEqualTo("the request does not say its destination port");
        assertThat(LoneRbac.decide("header: {name: x, present_match: true}", "any: true", unsaid)
                        .reason())
                .isEqualTo("the request does not say what the header `x` holds");
        assertThat(LoneRbac.decide("destination_port: 5050", "not_id: {any: true}", unsaid)
                        .decision())
                .isEqualTo(Verdict.Decision.DENY);
    }
}
