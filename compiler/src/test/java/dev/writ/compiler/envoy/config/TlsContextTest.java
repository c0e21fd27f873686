package dev.writ.compiler.envoy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.ClientValidation.More;
import dev.writ.compiler.source.SourceFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Envoy 1.40.0 said to each of these with {@code --mode validate}. */
class TlsContextTest {
    private static final String OWN =
            "tls_certificates: [{certificate_chain: {filename: a.pem}, private_key: {filename: a.key}}]";
    private static final String PIN =
            "verify_certificate_hash: ['df6ff72fe9116521268f6f2dd4966f51df479883fe7037b39f75916ac3049d1a']";

    private static AnyConfig read(String common) {
        String text = """
                filters:
                - name: tcp
                  typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy, stat_prefix: in, cluster: app}
                transport_socket:
                  name: tls
                  typed_config:
                    '@type': type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                    common_tls_context: {%s}
                """.formatted(common);
        return new AnyConfigReader(path -> Optional.empty())
                .read(new SourceFile("chain.yaml", text), new DiagnosticSink());
    }

    private static List<String> reasons(String common) {
        return read(common).refusals().stream().map(Refusal::reason).toList();
    }

    private static Transport.Tls tls(String context) {
        AnyConfig config = read(OWN + ", validation_context: {" + context + "}");
        assertThat(config.refusals()).isEmpty();
        return (Transport.Tls)
                config.config().listeners().get(0).chains().get(0).transport();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a TLS listener needs a certificate of its own",
                "tls_certificates: [{certificate_chain: {filename: a.pem}}] | needs `private_key`",
                "tls_certificates: [{private_key: {filename: a.key}}] | needs `certificate_chain`",
            })
    void aListenerShowsAWholeCertificate(String common, String reason) {
        assertThat(reasons(common)).containsExactly(reason);
    }

    @Test
    void itsCertificatesAreFromOneKindOfSource() {
        assertThat(reasons(OWN + ", tls_certificate_sds_secret_configs: [{name: a}]"))
                .containsExactly("`tls_certificates` and `tls_certificate_sds_secret_configs` exclude each other here");
        assertThat(reasons("tls_certificate_sds_secret_configs: [{name: a}]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crl: {filename: a.crl}",
                "allow_expired_certificate: true",
                "match_typed_subject_alt_names: [{san_type: URI, matcher: {exact: a}}]",
                PIN + ", match_typed_subject_alt_names: [{san_type: URI, matcher: {exact: a}}]",
                "verify_certificate_hash: [short]"
            })
    void whatOnlyATrustedCaAnswersIsRefusedWithoutOne(String context) {
        assertThat(reasons(OWN + ", validation_context: {" + context + "}")).hasSize(1);
    }

    @Test
    void pinsAskForACertificateAndWaiveItsIssuer() {
        assertThat(tls(PIN).validation()).isInstanceOfSatisfying(ClientValidation.OneCa.class, ca -> {
            assertThat(ca.insists()).isTrue();
            assertThat(ca.allowExpired()).isTrue();
        });
        assertThat(tls(PIN + ", trusted_ca: {filename: a.pem}, trust_chain_verification: ACCEPT_UNTRUSTED")
                        .validation())
                .isInstanceOfSatisfying(
                        ClientValidation.OneCa.class,
                        ca -> assertThat(ca.insists()).isFalse());
    }

    @Test
    void aRevocationListDoesNotAskForACertificate() {
        assertThat(tls("trusted_ca: {filename: a.pem}, crl: {filename: a.crl}").validation())
                .isInstanceOfSatisfying(
                        ClientValidation.OneCa.class,
                        ca -> assertThat(ca.more()).map(More::insists).contains(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {PIN, "crl: {filename: a.crl}"})
    void theSpiffeValidatorTakesNoNoticeOfPinsAndRevocationLists(String more) {
        String validator = "custom_validator_config: {name: envoy.tls.cert_validator.spiffe, typed_config: {'@type': "
                + "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig}}";
        assertThat(tls(validator + ", " + more).validation())
                .isEqualTo(new ClientValidation.SpiffeTrust(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trusted_ca: {inline_string: a CA} | no certificates in PEM, or a broken one",
                "trusted_ca: {inline_string: '-----BEGIN PRIVATE KEY-----'} | no certificates in PEM, or a broken one",
                "trusted_ca: {inline_bytes: QUJD} | no certificates in PEM, or a broken one",
                "custom_validator_config: {name: s, typed_config: {'@type': type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig, trust_domains: [{name: a, trust_bundle: {inline_string: a CA}}]}} | no certificates in PEM, or a broken one",
                "verify_certificate_hash: [zf6ff72fe9116521268f6f2dd4966f51df479883fe7037b39f75916ac3049d1a] | no SHA-256 in hex",
                "verify_certificate_spki: [AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA] | no SHA-256 in base64",
            })
    void whatCannotBeReadIsRefused(String context, String reason) {
        assertThat(reasons(OWN + ", validation_context: {" + context + "}")).containsExactly(reason);
    }

    @Test
    void aCertificateOfItsOwnIsPemOrStandsForOne() {
        String own =
                "tls_certificates: [{certificate_chain: {inline_string: '%s'}, private_key: {inline_string: '%s'}}]";
        assertThat(reasons(own.formatted("x", "y")))
                .containsExactly("no certificates in PEM, or a broken one", "no private key in PEM");
        assertThat(reasons(own.formatted("[generated: certificate of kv]", "[redacted]")))
                .isEmpty();
    }

    @Test
    void aTrustedCaMayStandForOneThatAControlPlaneMakesUp() {
        assertThat(tls("trusted_ca: {inline_string: '[generated: CA of mesh default]'}")
                        .validation())
                .isInstanceOf(ClientValidation.OneCa.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", PIN + ", "})
    void withoutACaAcceptUntrustedAsksForACertificateAndRequiresNone(String pins) {
        assertThat(tls(pins + "trust_chain_verification: ACCEPT_UNTRUSTED").validation())
                .isInstanceOfSatisfying(
                        ClientValidation.Unverified.class,
                        unverified -> assertThat(unverified.pins().isPresent()).isEqualTo(!pins.isEmpty()));
    }
}
