package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.source.SourceFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What these listeners do was tried on Envoy 1.40.0. */
class DeciderTest {
    private static final String TYPE = "'@type': type.googleapis.com/envoy.extensions.";
    private static final String WEB = "spiffe://a.example/ns/shop/sa/web";
    private static final String PIN =
            "verify_certificate_hash: ['df6ff72fe9116521268f6f2dd4966f51df479883fe7037b39f75916ac3049d1a']";
    private static final String TCP = "filters: [{name: tcp, typed_config: {" + TYPE
            + "filters.network.tcp_proxy.v3.TcpProxy, stat_prefix: in, cluster: app}}]";

    private static Verdict decide(String chain, Request request) {
        AnyConfig config = new AnyConfigReader(path -> Optional.empty())
                .read(new SourceFile("chain.yaml", "{" + chain + "}"), new DiagnosticSink());
        assertThat(config.refusals()).isEmpty();
        return Decider.of(config.config().listeners().get(0), Instant.EPOCH)
                .decide(request)
                .verdict();
    }

    private static String tls(String context) {
        return TCP + ", transport_socket: {name: tls, typed_config: {" + TYPE
                + "transport_sockets.tls.v3.DownstreamTlsContext, common_tls_context: {tls_certificates:"
                + " [{certificate_chain: {filename: a.pem}, private_key: {filename: a.key}}], validation_context: {"
                + context + "}}}}";
    }

    private static Request certificate() {
        return Request.from(new Peer.Certificate(List.of(WEB), List.of(), "", new Peer.Issuer.Trusted(), null))
                .build();
    }

    private static Request anonymous() {
        return Request.from(new Peer.Anonymous()).build();
    }

    @Test
    void aManagerWithoutFiltersAnswersNobody() {
        String manager = "filters: [{name: http, typed_config: {" + TYPE
                + "filters.network.http_connection_manager.v3.HttpConnectionManager, stat_prefix: in,"
                + " route_config: {virtual_hosts: [{name: all, domains: ['*'], routes: [{match: {prefix: /},"
                + " direct_response: {status: 200}}]}]}}}]";
        assertThat(decide(manager, Request.from(new Peer.Plaintext()).build()))
                .returns(Verdict.Decision.DENY, Verdict::decision)
                .returns("an HTTP connection manager without filters answers nobody", Verdict::reason);
    }

    @Test
    void aChainWithoutFiltersEndsTheConnection() {
        assertThat(decide("filters: []", Request.from(new Peer.Plaintext()).build()))
                .returns(Verdict.Decision.DENY, Verdict::decision);
    }

    @Test
    void aSpiffeValidatorWithoutTrustDomainsRefusesAll() {
        String chain = tls("custom_validator_config: {name: envoy.tls.cert_validator.spiffe, typed_config: {" + TYPE
                + "transport_sockets.tls.v3.SPIFFECertValidatorConfig}}");
        for (Request request : List.of(certificate(), anonymous())) {
            assertThat(decide(chain, request))
                    .returns(Verdict.Decision.DENY, Verdict::decision)
                    .returns(Verdict.Stage.TLS, Verdict::stage);
        }
    }

    @Test
    void whetherACertificateIsPinnedIsNotTold() {
        assertThat(decide(tls(PIN), certificate()).reason()).startsWith("certificates are pinned by hash");
        assertThat(decide(tls(PIN), anonymous())).returns(Verdict.Decision.DENY, Verdict::decision);
    }

    @Test
    void whetherACertificateIsRevokedIsNotTold() {
        String chain = tls("trusted_ca: {filename: ca.pem}, crl: {filename: ca.crl}");
        assertThat(decide(chain, certificate()).reason()).startsWith("a revocation list may have");
        assertThat(decide(chain, anonymous())).returns(Verdict.Decision.ALLOW, Verdict::decision);
    }
}
