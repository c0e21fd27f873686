package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.ClientValidation.Authority;
import dev.writ.compiler.envoy.config.ClientValidation.NotRequested;
import dev.writ.compiler.envoy.config.ClientValidation.OneCa;
import dev.writ.compiler.envoy.config.ClientValidation.SanKind;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.ClientValidation.SpiffeTrust;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.runtime.judge.Handshake.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom TLS lets in was tried on Envoy 1.40.0. */
class HandshakeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Peer.Issuer CA_OF_A = new Peer.Issuer.OfTrustDomain("a.example");
    private static final Authority BUNDLE = new Authority(List.of("a.example"), true);
    private static final SpiffeTrust TRUST = new SpiffeTrust(List.of("a.example", "b.example"), List.of());
    private static final OneCa CA = new OneCa(BUNDLE, List.of(), false, false);

    private static Result handshake(Peer peer, boolean required, ClientValidation validation) {
        return new Handshake(NOW).of(peer, new Transport.Tls(required, validation));
    }

    private static Peer.Certificate certificate(String uriSan, Peer.Issuer issuer, @Nullable Instant notAfter) {
        return new Peer.Certificate(List.of(uriSan), List.of("web.a.example"), "", issuer, notAfter);
    }

    private static Peer.Certificate web() {
        return certificate("spiffe://a.example/web", CA_OF_A, null);
    }

    private static SanMatcher san(SanKind kind, String text) {
        return new SanMatcher(kind, new TextMatcher.Exact(text, false));
    }

    private static void assertIn(Result result, Peer.@Nullable Certificate seen, boolean validated) {
        assertThat(result).isEqualTo(new Result.Admitted(true, seen, validated));
    }

    private static void assertRefused(Result result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
    }

    @Test
    void withoutTlsEverybodyComesInWithoutAName() {
        for (Peer peer : List.of(new Peer.Plaintext(), new Peer.Anonymous(), web())) {
            assertThat(new Handshake(NOW).of(peer, new Transport.Plaintext()))
                    .isEqualTo(new Result.Admitted(false, null, false));
        }
    }

    @Test
    void tlsRefusesPlaintext() {
        assertRefused(handshake(new Peer.Plaintext(), false, new NotRequested()));
    }

    @Test
    void whereNothingIsValidatedNobodyIsAskedForACertificate() {
        assertIn(handshake(new Peer.Anonymous(), true, new NotRequested()), null, false);
        assertIn(handshake(web(), true, new NotRequested()), null, false);
    }

    @Test
    void whereUntrustedCertificatesComeInWithoutACaNoneIsRequired() {
        ClientValidation unverified = new ClientValidation.Unverified(Optional.empty());
        assertIn(handshake(new Peer.Anonymous(), true, unverified), null, false);
        assertIn(handshake(web(), true, unverified), web(), false);
        ClientValidation pinned =
                new ClientValidation.Unverified(Optional.of(new ClientValidation.More("pinned", true)));
        assertIn(handshake(new Peer.Anonymous(), true, pinned), null, false);
        assertThat(handshake(web(), true, pinned))
                .isEqualTo(new Result.Unknown(
                        "pinned",
                        List.of(new Result.Admitted(true, web(), false), new Result.Admitted(true, web(), true))));
    }

    @Test
    void onlyTheSpiffeValidatorInsistsOnACertificateThatTheContextDoesNotRequire() {
        assertRefused(handshake(new Peer.Anonymous(), false, TRUST));
        assertRefused(handshake(new Peer.Anonymous(), true, CA));
        assertIn(handshake(new Peer.Anonymous(), false, CA), null, false);
        OneCa naming = new OneCa(BUNDLE, List.of(san(SanKind.URI, "x")), false, false);
        assertRefused(handshake(new Peer.Anonymous(), false, naming));
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://a.example/web, a.example, true",
        "spiffe://b.example/web, b.example, true",
        "spiffe://a.example/web, b.example, false",
        "spiffe://c.example/web, c.example, false",
        "spiffe://a.example/, a.example, true",
        "spiffe://a.example, a.example, false",
        "SPIFFE://a.example/web, a.example, false"
    })
    void theSpiffeValidatorWantsTheCaOfTheTrustDomainThatTheFirstUriSanNames(
            String uriSan, String issuer, boolean admitted) {
        Peer.Certificate certificate = certificate(uriSan, new Peer.Issuer.OfTrustDomain(issuer), null);
        assertThat(handshake(certificate, true, TRUST) instanceof Result.Admitted)
                .isEqualTo(admitted);
    }

    @Test
    void oneCaTakesWhateverItHasSigned() {
        Peer.Certificate other = certificate("https://elsewhere", CA_OF_A, null);
        assertIn(handshake(other, true, CA), other, true);
        assertRefused(handshake(certificate("spiffe://a.example/web", new Peer.Issuer.Untrusted(), null), true, CA));
    }

    @Test
    void anExpiredCertificateIsRefusedUnlessThatIsAllowed() {
        Peer.Certificate expired = certificate("spiffe://a.example/web", CA_OF_A, NOW.minusSeconds(1));
        Peer.Certificate valid = certificate("spiffe://a.example/web", CA_OF_A, NOW.plusSeconds(1));
        assertRefused(handshake(expired, true, CA));
        assertRefused(handshake(expired, true, TRUST));
        assertIn(handshake(valid, true, CA), valid, true);
        assertIn(handshake(expired, true, new OneCa(BUNDLE, List.of(), true, false)), expired, true);
        SpiffeTrust lenient = new SpiffeTrust(TRUST.trustDomains(), Map.of(), List.of(), true);
        assertIn(handshake(expired, true, lenient), expired, true);
    }

    @Test
    void theSpiffeValidatorForgetsSanMatchersOfOtherKindsAndOneCaDoesNot() {
        List<SanMatcher> dns = List.of(san(SanKind.DNS, "db.a.example"));
        assertIn(handshake(web(), true, new SpiffeTrust(TRUST.trustDomains(), dns)), web(), true);
        assertRefused(handshake(web(), true, new OneCa(BUNDLE, dns, false, false)));
        List<SanMatcher> uri = List.of(san(SanKind.URI, "spiffe://a.example/db"));
        assertRefused(handshake(web(), true, new SpiffeTrust(TRUST.trustDomains(), uri)));
    }

    @Test
    void anySanMatcherIsEnough() {
        List<SanMatcher> matchers = List.of(san(SanKind.URI, "x"), san(SanKind.DNS, "web.a.example"));
        assertIn(handshake(web(), true, new OneCa(BUNDLE, matchers, false, false)), web(), true);
    }

    @Test
    void acceptUntrustedLetsInWhatIsWrongAsNotValidated() {
        OneCa lenient = new OneCa(BUNDLE, List.of(san(SanKind.URI, "x")), false, true);
        assertIn(handshake(web(), true, lenient), web(), false);
        assertRefused(handshake(new Peer.Anonymous(), true, lenient));
        assertIn(handshake(new Peer.Anonymous(), false, lenient), null, false);
    }

    @Test
    void whoseABundleIsThatIsNotAtHandIsUnknownUnlessSomethingElseIsWrong() {
        assertThat(handshake(web(), true, new OneCa(Authority.UNKNOWN, List.of(), false, false)))
                .isInstanceOf(Result.Unknown.class);
        assertRefused(handshake(
                web(), true, new OneCa(Authority.UNKNOWN, List.of(san(SanKind.URI, "x")), false, false)));
    }
}
