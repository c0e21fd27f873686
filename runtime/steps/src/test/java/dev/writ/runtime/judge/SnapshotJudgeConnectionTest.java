package dev.writ.runtime.judge;

import static dev.writ.compiler.envoy.config.EnvoyYaml.OWN_CERTIFICATE;
import static dev.writ.compiler.envoy.config.EnvoyYaml.act;
import static dev.writ.compiler.envoy.config.EnvoyYaml.all;
import static dev.writ.compiler.envoy.config.EnvoyYaml.any;
import static dev.writ.compiler.envoy.config.EnvoyYaml.exactMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.extension;
import static dev.writ.compiler.envoy.config.EnvoyYaml.files;
import static dev.writ.compiler.envoy.config.EnvoyYaml.http;
import static dev.writ.compiler.envoy.config.EnvoyYaml.list;
import static dev.writ.compiler.envoy.config.EnvoyYaml.matches;
import static dev.writ.compiler.envoy.config.EnvoyYaml.mtls;
import static dev.writ.compiler.envoy.config.EnvoyYaml.network;
import static dev.writ.compiler.envoy.config.EnvoyYaml.networkRbac;
import static dev.writ.compiler.envoy.config.EnvoyYaml.not;
import static dev.writ.compiler.envoy.config.EnvoyYaml.otherwise;
import static dev.writ.compiler.envoy.config.EnvoyYaml.prefixMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.router;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcp;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcpProxy;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tls;
import static dev.writ.compiler.envoy.config.EnvoyYaml.uriPrefix;
import static dev.writ.compiler.envoy.config.EnvoyYaml.uriSan;
import static dev.writ.runtime.judge.SnapshotVerdicts.DEFAULT;
import static dev.writ.runtime.judge.SnapshotVerdicts.WEB;
import static dev.writ.runtime.judge.SnapshotVerdicts.allow;
import static dev.writ.runtime.judge.SnapshotVerdicts.allowed;
import static dev.writ.runtime.judge.SnapshotVerdicts.assertRefusedByTls;
import static dev.writ.runtime.judge.SnapshotVerdicts.denied;
import static dev.writ.runtime.judge.SnapshotVerdicts.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.EnvoyFiles;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chains, handshakes and what a certificate holds; what these configs do was tried on Envoy 1.40.0. */
class SnapshotJudgeConnectionTest {
    private static final String INSPECTOR = ", listener_filters: ["
            + extension("envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", "") + "]";

    @Test
    void plaintextToATlsListenerIsRefused() {
        assertRefusedByTls(judge(tcp("{on_no_match: " + allow("all") + "}"), new Caller.Plaintext(), null, null));
    }

    @Test
    void theSpiffeValidatorRequiresACertificateWhetherOrNotTheContextDoes() {
        String all = "matcher: {on_no_match: " + allow("all") + "}";
        String optional = mtls().replace("require_client_certificate: true", "require_client_certificate: false");
        assertRefusedByTls(judge(files(mtls(), networkRbac(all), tcpProxy()), new Caller.Anonymous(), null, null));
        assertRefusedByTls(judge(files(optional, networkRbac(all), tcpProxy()), new Caller.Anonymous(), null, null));
    }

    @Test
    void withoutValidationEverybodyComesInAnonymously() {
        String unvalidated = tls("require_client_certificate: true, common_tls_context: {" + OWN_CERTIFICATE + "}");
        String identified =
                networkRbac("matcher: " + otherwise(prefixMap(uriSan(), "", allow("identified")), allow("anonymous")));
        EnvoyFiles files = files(unvalidated, identified, tcpProxy());
        assertThat(judge(files, new Caller.Anonymous(), null, null)).isEqualTo(allowed("anonymous"));
        assertThat(judge(files, WEB)).isEqualTo(allowed("anonymous"));
    }

    @Test
    void onPlaintextAnIdentityIsUndecidableAndEnvoyDenies() {
        String isWeb = matches(uriSan(), "exact: \"" + WEB + "\"");
        String port = matches(network("DestinationPortInput"), "exact: \"5050\"");
        Caller plaintext = new Caller.Plaintext();
        for (String matcher : List.of(
                otherwise(exactMap(uriSan(), WEB, allow("web")), allow("default")),
                otherwise(list(isWeb, allow("web")), allow("default")),
                otherwise(list(not(isWeb), allow("not")), allow("default")),
                otherwise(list(all(port, isWeb), allow("all")), allow("default")),
                otherwise(list(any(isWeb, not(port)), allow("any")), allow("default")))) {
            EnvoyFiles files = files("", networkRbac("matcher: " + matcher), tcpProxy());
            assertThat(judge(files, plaintext, null, null)).as(matcher).isEqualTo(denied(null));
        }
        String otherWayOut = otherwise(list(any(isWeb, port), allow("any")), act("default", "DENY"));
        assertThat(judge(files("", networkRbac("matcher: " + otherWayOut), tcpProxy()), plaintext, null, null))
                .isEqualTo(allowed("any"));
    }

    @Test
    void onTlsWithoutACertificateAnIdentityIsNoMatchAndEvaluationGoesOn() {
        String unvalidated = tls("common_tls_context: {" + OWN_CERTIFICATE + "}");
        String isWeb = matches(uriSan(), "exact: \"" + WEB + "\"");
        EnvoyFiles files = files(
                unvalidated,
                networkRbac("matcher: " + otherwise(list(not(isWeb), allow("not")), act("default", "DENY"))),
                tcpProxy());
        assertThat(judge(files, new Caller.Anonymous(), null, null)).isEqualTo(allowed("not"));
    }

    @Test
    void trustIsAboutTheFirstUriSan() {
        EnvoyFiles files = tcp("{on_no_match: " + allow("all") + "}");
        assertThat(judge(files, "spiffe://b.example/x")).isEqualTo(allowed("all"));
        assertThat(judge(files, WEB, "spiffe://foreign.example/x")).isEqualTo(allowed("all"));
        assertRefusedByTls(judge(files, "spiffe://foreign.example/x", WEB));
        assertRefusedByTls(judge(files, "spiffe://A.example/x"));
        assertRefusedByTls(judge(files, "spiffe://a.example:443/x"));
        assertRefusedByTls(judge(files, "SPIFFE://a.example/x"));
        assertRefusedByTls(judge(files, "https://a.example/x"));
        assertRefusedByTls(judge(files, "https://x/", WEB));
        assertRefusedByTls(judge(files, "spiffe:///a.example/x"));
        // The validator wants a slash behind the trust domain; what follows it may be anything.
        assertRefusedByTls(judge(files, "spiffe://a.example"));
        assertThat(judge(files, "spiffe://a.example/")).isEqualTo(allowed("all"));
        assertThat(judge(files, "spiffe://a.example/%65/../x?y")).isEqualTo(allowed("all"));
    }

    @Test
    void sanMatchersAreContentWithAnySan() {
        EnvoyFiles files = files(
                mtls(uriPrefix("spiffe://a.example/ns/"), "{san_type: DNS, matcher: {prefix: spiffe}}"),
                networkRbac("matcher: {on_no_match: " + allow("all") + "}"),
                tcpProxy());
        assertThat(judge(files, WEB)).isEqualTo(allowed("all"));
        assertThat(judge(files, "spiffe://b.example/x", WEB)).isEqualTo(allowed("all"));
        assertRefusedByTls(judge(files, "spiffe://b.example/ns/x"));
        assertRefusedByTls(judge(files, "spiffe://a.example/other", "spiffe://b.example/y"));
    }

    @Test
    void aServerNameNeedsATlsInspectorAndIsInLowerCase() {
        String matcher =
                "matcher: " + otherwise(exactMap(network("ServerNameInput"), "web.example", allow("sni")), DEFAULT);
        String inspector = ", listener_filters: ["
                + extension("envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", "") + "]";
        Caller web = new Caller.Certificate(List.of(WEB));
        EnvoyFiles inspected = files(List.of("a.example"), inspector, mtls(), networkRbac(matcher), tcpProxy());
        assertThat(judge(inspected, web, "Web.example", null)).isEqualTo(allowed("sni"));
        assertThat(judge(inspected, web, null, null)).isEqualTo(denied("default"));
        EnvoyFiles blind = files(mtls(), networkRbac(matcher), tcpProxy());
        assertThat(judge(blind, web, "web.example", null)).isEqualTo(denied("default"));
    }

    @Test
    void theCallersCertificateHoldsNothingButUriSans() {
        String ssl = "envoy.extensions.matching.common_inputs.ssl.v3.";
        for (String input : List.of("DnsSanInput", "SubjectInput")) {
            EnvoyFiles files = tcp(otherwise(prefixMap(extension(ssl + input, ""), "", allow("some")), DEFAULT));
            assertThat(judge(files, WEB)).isEqualTo(denied("default"));
        }
    }

    @Test
    void aHandshakeThatNothingTakesIsNoHttpRequest() {
        EnvoyFiles plainHttp = files("", http("", router()));
        Verdict noHttp = new Verdict(
                Decision.DENY,
                Stage.NONE,
                null,
                null,
                "the inbound takes plain HTTP, and the caller begins with a TLS handshake");
        assertThat(judge(plainHttp, WEB)).isEqualTo(noHttp);
        assertThat(judge(plainHttp, new Caller.Anonymous(), null, null)).isEqualTo(noHttp);
        Verdict passed = new Verdict(Decision.ALLOW, Stage.NONE, null, null, null);
        assertThat(judge(plainHttp, new Caller.Plaintext(), null, null)).isEqualTo(passed);
        // A TCP proxy takes every byte, and the application gets the handshake.
        assertThat(judge(files("", tcpProxy()), WEB)).isEqualTo(passed);
    }

    @Test
    void aChainThatNamesTheTransportAndTheProtocolIsPreferred() {
        String rbac = networkRbac("matcher: " + otherwise(exactMap(uriSan(), WEB, allow("web")), DEFAULT));
        String chains = "filter_chain_match: {transport_protocol: tls, application_protocols: [kuma]}, " + mtls()
                + "filters: [" + rbac + ", " + tcpProxy()
                + "]}, {filter_chain_match: {transport_protocol: tls}, filters: ["
                + tcpProxy() + "]}, {";
        EnvoyFiles permissive = files(List.of("a.example"), INSPECTOR, chains, tcpProxy());
        assertThat(judge(permissive, WEB)).isEqualTo(allowed("web"));
        assertThat(judge(permissive, "spiffe://a.example/other")).isEqualTo(denied("default"));
        Verdict passed = new Verdict(Decision.ALLOW, Stage.NONE, null, null, null);
        assertThat(judge(permissive, new Caller.Anonymous(), null, null)).isEqualTo(passed);
        assertThat(judge(permissive, new Caller.Plaintext(), null, null)).isEqualTo(passed);
        String onlyKuma = "filter_chain_match: {transport_protocol: tls, application_protocols: [kuma]}, ";
        assertThat(judge(
                        files(List.of("a.example"), INSPECTOR, onlyKuma + mtls(), tcpProxy()),
                        new Caller.Plaintext(),
                        null,
                        null))
                .isEqualTo(new Verdict(Decision.DENY, Stage.NONE, null, null, "no filter chain takes raw_buffer"));
    }
}
