package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.judge.RequestTable.Case;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
