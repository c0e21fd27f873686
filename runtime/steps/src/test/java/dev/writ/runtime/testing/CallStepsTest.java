package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.testing.FeatureFolder.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which call the When steps and the tables mean, and what is said of those that mean none. */
class CallStepsTest {
    private static final String HEAD = """
            Feature: shop
              Scenario: s
                Given the resources in "mesh.yaml"
            """;

    @TempDir
    private Path temporary;

    private FeatureFolder folder;
    private final List<Call> calls = new ArrayList<>();

    @BeforeEach
    void open() {
        folder = new FeatureFolder(temporary);
    }

    @Test
    void everyTailIsPartOfTheCallInAnyOrder() {
        Call call = call("\"shop/db\" calls \"shop/web\" with server name \"sni\" on port 8080 with POST \"/a b?c\"");

        assertThat(call.caller())
                .isEqualTo(new Caller.Certificate(List.of("spiffe://default.default.mesh.local/ns/shop/sa/db")));
        assertThat(call.to().shortName()).isEqualTo("shop/web");
        assertThat(call.port()).isEqualTo(8080);
        assertThat(call.sni()).isEqualTo("sni");
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/a b?c");
    }

    @Test
    void aPortMayStandWithTheWorkload() {
        assertThat(call("\"shop/db\" calls \"shop/web:9000\"").port()).isEqualTo(9000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"anonymous\"",
                "an anonymous caller",
            })
    void anonymousCallersAreTlsWithoutACertificate(String caller) {
        assertThat(call(caller + " calls \"shop/db\"").caller()).isEqualTo(new Caller.Anonymous());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"plaintext\"",
                "a plaintext caller",
            })
    void plaintextCallersHaveNoTls(String caller) {
        assertThat(call(caller + " calls \"shop/db\"").caller()).isEqualTo(new Caller.Plaintext());
    }

    @Test
    void aCertificateMayBeNoGood() {
        String web = "spiffe://default.default.mesh.local/ns/shop/sa/db";

        assertThat(call("an expired certificate of \"shop/db\" calls \"shop/db\"")
                        .caller())
                .isEqualTo(new Caller.ExpiredCertificate(List.of(web)));
        assertThat(call("a certificate of a foreign CA for \"spiffe://a/x\" calls \"shop/db\" with GET \"/y\"")
                        .caller())
                .isEqualTo(new Caller.ForeignCertificate(List.of("spiffe://a/x")));
        assertThat(call("a certificate with only the DNS name \"web.example\" calls \"shop/db\"")
                        .caller())
                .isEqualTo(new Caller.DnsCertificate(List.of("web.example")));
    }

    @Test
    void tablesSayWhatIsWrongWithACertificateInTheSameWords() {
        then("""
                    Then these calls are decided so:
                      | caller                                                  | callee  | decision |
                      | an expired certificate of spiffe://a/x and spiffe://b/y | shop/db | allow    |
                      | a certificate of a foreign CA for shop/db               | shop/db | allow    |
                      | a certificate with only the DNS name web                | shop/db | allow    |
                """);

        assertThat(calls)
                .extracting(Call::caller)
                .containsExactly(
                        new Caller.ExpiredCertificate(List.of("spiffe://a/x", "spiffe://b/y")),
                        new Caller.ForeignCertificate(List.of("spiffe://default.default.mesh.local/ns/shop/sa/db")),
                        new Caller.DnsCertificate(List.of("web")));
    }

    @Test
    void aCertificateMayHaveSeveralUriSans() {
        Caller three = new Caller.Certificate(List.of("spiffe://a/x", "spiffe://b/y", "https://c"));

        assertThat(call("a certificate with \"spiffe://a/x\", \"spiffe://b/y\" and \"https://c\" calls \"shop/db\"")
                        .caller())
                .isEqualTo(three);
        assertThat(call("a certificate with these URI SANs calls \"shop/db\" on port 5432:\n"
                                + "      | spiffe://a/x |\n      | spiffe://b/y |\n      | https://c    |")
                        .caller())
                .isEqualTo(three);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"shop/wbe\" calls \"shop/db\"     | a.feature:4:11: error[workload.unknown]: no workload is called `shop/wbe`",
                "\"shop/web\" calls \"shop/bd\"     | a.feature:4:28: error[workload.unknown]: no workload is called `shop/bd`",
                "\"shop/web\" calls \"shop/db\" on port 1 | error[workload.unknown]: `shop/db` has no inbound on port 1",
                "\"shop/db\" calls \"shop/web\"     | error[workload.unknown]: `shop/web` needs a port to be called on",
                "an expired certificate of \"shop/wbe\" calls \"shop/db\" | a.feature:4:37: error[workload.unknown]: no workload is called `shop/wbe`",
                "an expired certificate of \"plaintext\" calls \"shop/db\" | a.feature:4:37: error[workload.unknown]: `plaintext` has no certificate",
                "\"a foreign certificate for spiffe://a/x\" calls \"shop/db\" | a.feature:4:11: error[workload.unknown]: no caller is `a foreign",
                "a certificate with \"spiffe://a/x\" and \"an expired certificate of spiffe://a/y\" calls \"shop/db\" | error[schema.invalid-value]: `an expired certificate of spiffe://a/y` is no URI SAN",
                "\"shop/db\" calls \"shop/db\" with GET \"x\" | error[schema.invalid-value]: the path `x` does not begin with `/`",
                "\"shop/db\" calls \"shop/db\" on port 1 on port 2 | the call says both `1` and `2`",
            })
    void aCallThatNamesNothingIsUnderlined(String sentence, String finding) {
        assertThat(when(sentence.strip()).text()).contains(finding.strip());
        assertThat(calls).isEmpty();
    }

    @Test
    void aTableHasACallInEachRow() {
        Outcome outcome = then("""
                    Then these calls are decided so:
                      | decision | caller                        | callee        | method | path | server name |
                      | allow    | shop/web                      | shop/db       | GET    | /x   | s           |
                      | allow    | spiffe://a/x and spiffe://b/y | shop/web:8080 |        |      |             |
                """);

        assertThat(outcome.lines()).containsExactly("1 scenario: 1 passed");
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0)).returns("GET", Call::method).returns("s", Call::sni);
        assertThat(calls.get(1))
                .returns(new Caller.Certificate(List.of("spiffe://a/x", "spiffe://b/y")), Call::caller)
                .returns(8080, Call::port)
                .returns(null, Call::method);
    }

    @Test
    void everyRowThatDoesNotHoldIsNamedWithItsPlace() {
        Outcome outcome = then("""
                    Then these calls are decided so:
                      | caller   | callee  | decision |
                      | shop/web | shop/db | deny     |
                      | shop/db  | shop/db | allow    |
                      | ops/job  | shop/db | unknown  |
                """);

        assertThat(outcome.lines())
                .startsWith(
                        "a.feature:4:5: FAIL s",
                        "  Then these calls are decided so:",
                        "a.feature:6:9: expected deny, got allow (no rule matched)",
                        "a.feature:8:9: expected unknown, got allow (no rule matched)");
    }

    @Test
    void everyCellOfAMatrixIsACall() {
        Outcome outcome = then("""
                    Then callers reach callees:
                      |           | shop/db | shop/web:8080 |
                      | shop/web  | allow   | deny          |
                      | plaintext |         | allow         |
                """);

        assertThat(calls).hasSize(3);
        assertThat(outcome.lines())
                .contains("a.feature:6:31: expected deny, got allow (no rule matched), for"
                        + " spiffe://default.default.mesh.local/ns/shop/sa/web calls shop/web:8080");
    }

    @Test
    void whatIsWrongInATableIsUnderlinedAllAtOnce() {
        assertThat(then("""
                    Then these calls are decided so:
                      | caler    | callee  | decision | decision |
                      | shop/web | shop/db | allow    | allow    |
                """).text())
                .contains("a.feature:5:9: error[schema.unknown-field]: unknown column `caler`")
                .contains("= help: did you mean `caller`?")
                .contains("a.feature:5:9: error[schema.missing-field]: the column `caller` is missing")
                .contains("a.feature:5:41: error[schema.duplicate]: a second column `decision`");
        assertThat(then("""
                    Then these calls are decided so:
                      | caller   | callee  | port | decision |
                      | shop/wbe | shop/db |      | alow     |
                      |          | shop/db | x    | allow    |
                """).text())
                .contains("a.feature:6:9: error[workload.unknown]")
                .contains("a.feature:6:37: error[schema.invalid-value]: `alow` is no decision")
                .contains("= help: did you mean `allow`?")
                .contains("a.feature:7:18: error[schema.missing-field]: the row has no caller");
    }

    @Test
    void aTableThatSaysNothingFails() {
        assertThat(then("    Then these calls are decided so:\n      | caller | callee | decision |\n")
                        .text())
                .contains("the table has no row below its header");
        assertThat(then("    Then callers reach callees:\n      | | shop/db |\n      | shop/web | |\n")
                        .text())
                .contains("the table has no decision");
    }

    private Call call(String sentence) {
        calls.clear();
        Outcome outcome = when(sentence);
        assertThat(outcome.lines()).containsExactly("1 scenario: 1 passed");
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private Outcome when(String sentence) {
        return then("    When " + sentence + "\n    Then the call is allowed\n");
    }

    private Outcome then(String steps) {
        folder.write("a.feature", HEAD + steps);
        Judge allowing = new Judge() {
            @Override
            public String name() {
                return "model";
            }

            @Override
            public Verdict judge(Call call) {
                calls.add(call);
                return new Verdict(Verdict.Decision.ALLOW, Verdict.Stage.RBAC, null, "default", null);
            }
        };
        return folder.run(FeatureFolder.bench(policy -> List.of(allowing)), "a.feature");
    }
}
