package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.judge.RequestTable.Case;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTableReaderTest {
    private static Case one(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        RequestTable table = new RequestTableReader(new AnyConfigReader(path -> Optional.empty()), sink)
                .read(new SourceFile("requests.yaml", text));
        assertThat(sink.sorted()).isEmpty();
        return table.cases().get(0);
    }

    private static Verdict decide(Case one) {
        assertThat(one.configs().get(0).refusals()).isEmpty();
        return Decider.ofFilters(one.configs().get(0).filters().stream()
                        .map(filter -> filter.rbac())
                        .toList())
                .decide(one.rows().get(0).request())
                .verdict();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{action: ALLOW, policies: {a: {permissions: [{destination_port: 80}], principals: [{any: true}]}}}",
                "'{\"policies\": {\"a\": {\"permissions\": [{\"destinationPort\": 80}], \"principals\": [{\"any\": true}]}}}'",
                "|\n      policies: {a: {permissions: [{destinationPort: 80}], principals: [{any: true}]}}\n"
            })
    void rbacIsAMappingOrText(String rbac) {
        assertThat(decide(one("cases:\n  - rbac: " + rbac + "\n    requests: [{destinationPort: 80}]\n")))
                .returns(Verdict.Decision.ALLOW, Verdict::decision)
                .returns("a", Verdict::rule);
    }

    @Test
    void rbacWithoutFieldsIsAllowWithoutPolicies() {
        assertThat(decide(one("cases: [{rbac: {}, requests: [{}]}]")))
                .returns(Verdict.Decision.DENY, Verdict::decision);
    }

    @Test
    void bothSpellingsOfAFieldAreTaken() {
        Request request = one("requests: [{sourceIp: 10.0.0.1, source_port: 1, tls: {uriSans: [a], dns_sans: [b]}}]")
                .rows()
                .get(0)
                .request();
        assertThat(request.source()).isEqualTo(new Request.Endpoint("10.0.0.1", 1));
        assertThat(request.peer()).isInstanceOfSatisfying(Peer.Certificate.class, certificate -> {
            assertThat(certificate.uriSans()).containsExactly("a");
            assertThat(certificate.dnsSans()).containsExactly("b");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cases: {} | `cases` is a list | {}",
                "cases: [{rbac_chain: {a: b}, requests: [{}]}] | `rbac_chain` is a list | {a: b}",
                "requests: [{expect: perhaps}] | `expect` is allow, deny, unknown or refused | perhaps",
                "requests: [{headers: {x: null}}] | the value of a header is a text | null",
                "requests: [{headers: [{value: a}]}] | a header needs `name` | value",
                "requests: [{proxy_protocol: yes}] | `proxy_protocol` is none, or what it tells: `{source_ip, source_port, destination_ip, destination_port}` | yes",
                "requests: [{proxy_protocol: {version: 3}}] | `version` of the PROXY protocol is 1 or 2 | 3",
                "requests: [{proxy_protocol: {sourc_ip: 10.0.0.1}}] | unknown field `sourc_ip` | sourc_ip",
            })
    void whatIsWrongIsNamedWhereItStands(String table, String message, String underlined) {
        DiagnosticSink sink = new DiagnosticSink();
        new RequestTableReader(new AnyConfigReader(path -> Optional.empty()), sink)
                .read(new SourceFile("requests.yaml", table));
        assertThat(sink.sorted()).singleElement().satisfies(found -> {
            assertThat(found.message()).isEqualTo(message);
            assertThat(Objects.requireNonNull(found.span()).text()).isEqualTo(underlined);
        });
    }

    @Test
    void pseudoHeadersSayMethodPathAndHostInBothForms() {
        for (String headers : List.of(
                "{':method': POST, ':path': /x, ':authority': kv}",
                "[{name: ':method', value: POST}, {name: ':path', value: /x}, {name: ':authority', value: kv}]")) {
            Request request =
                    one("requests: [{headers: " + headers + "}]").rows().get(0).request();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/x");
            assertThat(request.host()).isEqualTo("kv");
        }
    }
}
