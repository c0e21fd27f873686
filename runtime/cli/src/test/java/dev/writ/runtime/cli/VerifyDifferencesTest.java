package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.runtime.identity.CertificateAuthority;
import dev.writ.runtime.identity.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One thing changed in the policy of a recorded proxy: {@code writ verify} names it first, in the words of the policy. */
class VerifyDifferencesTest {
    private static final String PREFIX = "value: spiffe://default.default.mesh.local/ns/kuma-demo";

    @TempDir
    private Path temporary;

    private record Change(String scenario, String before, String after) {}

    @Test
    void aRuleWithAnotherPrefixIsNamedAndUnderlined() throws IOException {
        CommandRun run = verify(new Change("01-mid-bundled-prefix", PREFIX, PREFIX + "/sa"));
        assertDifference(
                run,
                "a rule of `mtp` is not the one predicted",
                "inbound `http`, port 5050, listener `self_inbound_dp_http`, rule 1",
                "allow: principal starts with \"spiffe://default.default.mesh.local/ns/kuma-demo/sa\"",
                "allow: principal starts with \"spiffe://default.default.mesh.local/ns/kuma-demo\"");
        assertThat(pointedAt(run)).startsWith("spiffe://default.default.mesh.local/ns/kuma-demo/sa");
    }

    @Test
    void aRuleThatOnlyThePolicyHasIsMissing() throws IOException {
        String exact = entry("allow", "spiffe://default.default.mesh.local/ns/z/sa/z");
        String deny = entry("deny", "spiffe://default.default.mesh.local/ns/q/sa/q");
        CommandRun run = verify(new Change("07-mid-merge-mesh-dataplane-section", exact, deny + exact));
        assertThat(run.out())
                .contains("a rule of `e-all-dataplanes` is missing")
                .contains("predicted  deny: principal is \"spiffe://default.default.mesh.local/ns/q/sa/q\"")
                .contains("found      nothing");
    }

    @Test
    void aRuleThatOnlyTheProxyHasWasNotPredictedThoughOthersFollow() throws IOException {
        String rule = entry("allow", "spiffe://default.default.mesh.local/ns/x/sa/1");
        CommandRun run = verify(new Change("07-mid-merge-mesh-dataplane-section", rule, ""));
        assertThat(run.out())
                .contains(" was not predicted")
                .contains("predicted  nothing")
                .contains("found      allow: principal is \"spiffe://default.default.mesh.local/ns/x/sa/1\"");
    }

    @Test
    void aRuleWithAnotherActionIsNamedByItsPermission() throws IOException {
        CommandRun run = verify(new Change("01-mid-bundled-prefix", "      allow:", "      deny:"));
        assertThat(run.out())
                .contains("a rule of `mtp` is not the one predicted")
                .contains("predicted  deny: principal starts with")
                .contains("found      allow: principal starts with");
        assertThat(pointedAt(run)).startsWith("spiffe://default.default.mesh.local/ns/kuma-demo");
    }

    @Test
    void aShadowRuleIsCalledOne() throws IOException {
        CommandRun run = verify(new Change("05-mid-shadow-deny-only", "allowWithShadowDeny:", "allow:"));
        assertDifference(
                run,
                "the list of shadow rules of `mtp` was not predicted",
                "inbound `http`, port 5050, listener `self_inbound_dp_http`",
                "nothing",
                "deny: principal starts with \"spiffe://default.default.mesh.local/ns/kuma-demo\"; else deny");
    }

    @Test
    void aShadowRuleThatTheProxyDoesNotHaveIsMissing() throws IOException {
        CommandRun run = verify(new Change("01-mid-bundled-prefix", "allow:", "allowWithShadowDeny:"));
        assertThat(run.out()).contains("the list of shadow rules of `mtp` is missing");
        assertThat(pointedAt(run)).startsWith("spiffe://default.default.mesh.local/ns/kuma-demo");
    }

    @Test
    void aShadowRuleOfTheLegacyFromIsCalledOne() throws IOException {
        CommandRun run =
                verify(new Change("v214-35-builtin-from-shadow-deny", "action: AllowWithShadowDeny", "action: Allow"));
        assertThat(run.out()).contains("the list of shadow rules").contains("was not predicted");
    }

    @Test
    void aCallerOfTheLegacyFromIsNamed() throws IOException {
        CommandRun run = verify(new Change(
                "v214-33-builtin-from-allow-all-deny-subset",
                "        app: demo-app\n    default:\n      action: Deny",
                "        app: other\n    default:\n      action: Deny"));
        assertDifference(
                run,
                "a caller that the `from` of `kv` makes a rule for is not the one predicted",
                "inbound `http`, port 5050, listener `inbound:127.0.1.12:5050`",
                "not (a SAN that is \"kuma://app/other\")",
                "not (a SAN that is \"kuma://app/demo-app\")");
    }

    @Test
    void aTrustThatTheProxyDoesNotHaveIsAnAcceptedSan() throws IOException {
        CommandRun run = verify(
                new Change("15-mid-two-trust-domains", "trustDomain: other.mesh.local", "trustDomain: new.example"));
        assertThat(run.out())
                .contains("an accepted SAN is not the one predicted")
                .contains("a URI SAN that starts with \"spiffe://new.example/\"")
                .contains("a URI SAN that starts with \"spiffe://other.mesh.local/\"");
        assertThat(pointedAt(run)).isEqualTo("other");
    }

    @Test
    void anotherCaOfATrustDomainIsToldByItsCertificate() throws IOException {
        RecordedProxies recorded = RecordedProxies.of("15-mid-two-trust-domains");
        String resources = recorded.resources();
        String pem = resources.substring(
                resources.indexOf("      value: '-----BEGIN"),
                resources.indexOf("        '\n---") + "        '\n".length());
        CommandRun run = verify(
                recorded,
                resources.replace(
                        pem,
                        indented(CertificateAuthority.generate("other.mesh.local", KeyAlgorithm.RSA_2048, Instant.now())
                                .certificatePem())),
                "kv-1");
        assertThat(run.out())
                .contains("a trust domain of the bundle is not the one predicted")
                .contains("in         secret `system_trust_bundle`")
                .contains("predicted  trust domain `other.mesh.local`: the certificate `CN=other.mesh.local")
                .contains(
                        "found      trust domain `other.mesh.local`: the certificate `CN=default.default.mesh.local,");
        assertThat(pointedAt(run)).isEqualTo("other");
    }

    @Test
    void anotherModeOfMeshTlsIsAChoiceBetweenPlaintextAndMtls() throws IOException {
        CommandRun run = verify(new Change("10-mid-meshtls-permissive", "mode: Permissive", "mode: Strict"));
        assertDifference(
                run,
                "the choice between plaintext and mTLS is not the one predicted",
                "inbound `http`, port 5050, listener `self_inbound_dp_http`",
                "every connection: mTLS",
                "plaintext: passed on as plain bytes; TLS: passed on as plain bytes; TLS with ALPN `kuma`: mTLS");
    }

    @Test
    void anIdentityOfAnotherNameIsAnotherSvid() throws IOException {
        CommandRun run = verify(new Change(
                "01-mid-bundled-prefix",
                "type: MeshIdentity\nmesh: default\nname: identity",
                "type: MeshIdentity\nmesh: default\nname: another"));
        assertThat(run.out())
                .contains("the TLS is not the one predicted")
                .contains("predicted  the SVID of the MeshIdentity `another` of mesh `default`")
                .contains("found      the SVID of the MeshIdentity `identity` of mesh `default`");
        assertThat(pointedAt(run)).isEqualTo("another");
    }

    @Test
    void anInboundOfThePolicyAloneIsMissing() throws IOException {
        CommandRun run = verify(new Change(
                "01-mid-bundled-prefix",
                "    servicePort: 15051\n    serviceAddress: 127.0.0.1\n    name: http\n",
                "    servicePort: 15051\n    serviceAddress: 127.0.0.1\n    name: web\n"));
        assertThat(run.out()).contains("the inbound is missing").contains("inbound `web`, port 5050");
    }

    @Test
    void scriptsGetTheSameAndWhatItWasCheckedAgainst() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(verify(new Change("01-mid-bundled-prefix", PREFIX, PREFIX + "/sa"), "--format", "json")
                        .out());
        assertThat(json.path("equal").booleanValue()).isFalse();
        assertThat(json.path("target").textValue()).isEqualTo("kuma-3");
        assertThat(json.path("checkedAgainst").textValue()).isEqualTo("commit 348b652");
        JsonNode difference = json.path("difference");
        assertThat(difference.path("part").textValue()).isEqualTo("rule");
        assertThat(difference.path("rule").textValue()).isEqualTo("mtp");
        assertThat(difference.path("path").textValue())
                .isEqualTo("filterChains[0].rbac[0].matcher.matcherList.matchers[0]");
        assertThat(difference.at("/location/line").intValue()).isPositive();
    }

    /** One of a permission's {@code rules}. */
    private static String entry(String action, String id) {
        return """
              - default:
                  %s:
                  - spiffeID:
                      type: Exact
                      value: %s
            """.formatted(action, id);
    }

    private CommandRun verify(Change change, String... more) throws IOException {
        RecordedProxies recorded = RecordedProxies.of(change.scenario());
        String resources = recorded.resources();
        assertThat(resources).contains(change.before());
        int last = resources.lastIndexOf(change.before());
        return verify(
                recorded,
                resources.substring(0, last)
                        + change.after()
                        + resources.substring(last + change.before().length()),
                "kv-1",
                more);
    }

    private CommandRun verify(RecordedProxies recorded, String resources, String dataplane, String... more)
            throws IOException {
        Path sources = temporary.resolve("resources.yaml");
        Files.writeString(sources, resources);
        Object[] words = {"verify", sources, "--dump", recorded.dump(dataplane), "--target", recorded.target()};
        Object[] all = Stream.concat(Stream.of(words), Stream.of(more)).toArray();
        CommandRun run = CommandRun.of(all);
        assertThat(run.exit()).as(run.toString()).isEqualTo(ExitCode.NO);
        return run;
    }

    private static void assertDifference(CommandRun run, String message, String where, String predicted, String found) {
        assertThat(run.out().lines().toList())
                .anyMatch(line -> line.endsWith(": " + message))
                .contains("  in         " + where, "  predicted  " + predicted, "  found      " + found);
    }

    /** The text of the source from the place on that the first line names. */
    private String pointedAt(CommandRun run) throws IOException {
        String[] place = run.out()
                .substring(run.out().indexOf(".yaml:") + ".yaml:".length())
                .split(":", 3);
        return Files.readAllLines(temporary.resolve("resources.yaml"))
                .get(Integer.parseInt(place[0]) - 1)
                .substring(Integer.parseInt(place[1]) - 1);
    }

    private static String indented(String pem) {
        StringBuilder text = new StringBuilder("      value: |\n");
        pem.lines().forEach(line -> text.append("        ").append(line).append('\n'));
        return text.toString();
    }
}
