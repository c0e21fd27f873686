package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.ClientValidation.Authority;
import dev.writ.compiler.envoy.config.ClientValidation.OneCa;
import dev.writ.compiler.envoy.config.ClientValidation.SanKind;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.ClientValidation.SpiffeTrust;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.runtime.judge.Peer.Issuer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a caller through a chain's transport: which identity the filters see, or why it is refused.
 *
 * <p>The SPIFFE validator takes the text between {@code spiffe://} and the next slash of the <em>first</em> URI SAN as the
 * trust domain; an ID without a path has none, and is refused. SAN matchers are content with any SAN. It insists on a
 * certificate even where the TLS context does not (tried on 1.40.0).
 */
final class Handshake {
    private static final String SCHEME = "spiffe://";

    private final Instant now;

    /** @param now what certificates may not have expired by */
    Handshake(Instant now) {
        this.now = now;
    }

    /** What comes of it. */
    sealed interface Result {

        /**
         * @param certificate null if Envoy saw no client certificate
         * @param validated whether nothing was wrong with it
         */
        record Admitted(boolean tls, Peer.@Nullable Certificate certificate, boolean validated) implements Result {}

        record Refused(String reason) implements Result {}

        /** @param possible what it may be; empty for anything */
        record Unknown(String reason, List<Result> possible) implements Result {
            Unknown(String reason) {
                this(reason, List.of());
            }
        }
    }

    Result of(Peer peer, Transport transport) {
        return switch (transport) {
            case Transport.Plaintext plaintext -> new Result.Admitted(false, null, false);
            case Transport.Tls tls -> withTls(peer, tls);
            case Unmodelled unmodelled -> new Result.Unknown(unmodelled.reason());
        };
    }

    private Result withTls(Peer peer, Transport.Tls tls) {
        return switch (peer) {
            case Peer.Plaintext plaintext -> new Result.Refused("plaintext to a TLS listener");
            case Peer.Anonymous anonymous -> anonymous(tls);
            case Peer.Certificate certificate -> certificate(certificate, tls.validation());
        };
    }

    private static Result anonymous(Transport.Tls tls) {
        return switch (tls.validation()) {
            case ClientValidation.NotRequested none -> new Result.Admitted(true, null, false);
            case ClientValidation.Unverified unverified -> new Result.Admitted(true, null, false);
            case SpiffeTrust trust -> new Result.Refused("no client certificate");
            case OneCa ca ->
                tls.requireClientCertificate() || ca.insists()
                        ? new Result.Refused("no client certificate")
                        : new Result.Admitted(true, null, false);
            case Unmodelled unmodelled -> new Result.Unknown(unmodelled.reason());
        };
    }

    private Result certificate(Peer.Certificate certificate, ClientValidation validation) {
        return switch (validation) {
            case ClientValidation.NotRequested none -> new Result.Admitted(true, null, false);
            case ClientValidation.Unverified unverified ->
                unverified
                        .pins()
                        .map(pins -> withUntrusted(new Result.Unknown(pins.reason()), certificate))
                        .orElseGet(() -> new Result.Admitted(true, certificate, false));
            case SpiffeTrust trust -> validated(certificate, trust);
            case OneCa ca -> {
                Result result = signed(certificate, ca);
                // Whatever is wrong with it only shows that it is not to be trusted.
                yield ca.acceptUntrusted() ? withUntrusted(result, certificate) : result;
            }
            case Unmodelled unmodelled -> new Result.Unknown(unmodelled.reason());
        };
    }

    private static Result withUntrusted(Result result, Peer.Certificate certificate) {
        Result untrusted = new Result.Admitted(true, certificate, false);
        return switch (result) {
            case Result.Admitted admitted -> admitted;
            case Result.Refused refused -> untrusted;
            case Result.Unknown unknown ->
                new Result.Unknown(unknown.reason(), List.of(untrusted, new Result.Admitted(true, certificate, true)));
        };
    }

    private static Result admittedOrNot(Peer.Certificate certificate, String reason) {
        return new Result.Unknown(
                reason, List.of(new Result.Admitted(true, certificate, true), new Result.Refused(reason)));
    }

    private Result validated(Peer.Certificate certificate, SpiffeTrust trust) {
        List<String> uriSans = certificate.uriSans();
        Optional<String> trustDomain = uriSans.isEmpty() ? Optional.empty() : trustDomain(uriSans.get(0));
        if (trustDomain.filter(trust.trustDomains()::contains).isEmpty()) {
            return new Result.Refused(
                    uriSans.isEmpty()
                            ? "no URI SAN, so no trust domain"
                            : "no trusted trust domain in the first URI SAN `" + uriSans.get(0) + "`");
        }
        String name = trustDomain.get();
        Authority authority = trust.authorities().getOrDefault(name, Authority.UNKNOWN);
        Truth signed = certificate.issuer() instanceof Issuer.OfTrustDomain issuer
                ? Truth.of(issuer.trustDomain().equals(name))
                : IssuerNames.isOf(certificate.issuer(), authority, List.of(name));
        // The validator keeps the matchers of URIs and forgets the others: with none left, it asks for nothing.
        List<SanMatcher> matchers = trust.sanMatchers().stream()
                .filter(matcher -> matcher.kind() == SanKind.URI)
                .toList();
        return checked(certificate, signed, trust.allowExpired(), matchers);
    }

    private Result signed(Peer.Certificate certificate, OneCa ca) {
        Result known = checked(
                certificate,
                IssuerNames.isOf(certificate.issuer(), ca.authority(), List.of()),
                ca.allowExpired(),
                ca.sanMatchers());
        return known instanceof Result.Refused
                ? known
                : ca.more()
                        .map(more -> admittedOrNot(certificate, more.reason()))
                        .orElse(known);
    }

    private Result checked(
            Peer.Certificate certificate, Truth signed, boolean allowExpired, List<SanMatcher> matchers) {
        if (signed instanceof Truth.No) {
            return new Result.Refused("no trusted CA has signed the certificate" + names(certificate));
        }
        Instant notAfter = certificate.notAfter();
        if (notAfter != null && !allowExpired && notAfter.isBefore(now)) {
            return new Result.Refused("the certificate expired at " + notAfter);
        }
        Result named = named(certificate, matchers);
        return signed instanceof Truth.Unknown unknown && !(named instanceof Result.Refused)
                ? admittedOrNot(certificate, unknown.reason())
                : named;
    }

    private static Result named(Peer.Certificate certificate, List<SanMatcher> matchers) {
        if (matchers.isEmpty()) {
            return new Result.Admitted(true, certificate, true);
        }
        Truth.Unknown open = null;
        for (SanMatcher matcher : matchers) {
            Truth truth = CallerTest.hasSan(matcher, certificate);
            if (truth instanceof Truth.Yes) {
                return new Result.Admitted(true, certificate, true);
            }
            open = truth instanceof Truth.Unknown unknown ? unknown : open;
        }
        return open != null
                ? admittedOrNot(certificate, open.reason())
                : new Result.Refused("no SAN matcher takes" + names(certificate));
    }

    private static String names(Peer.Certificate certificate) {
        return Stream.concat(certificate.uriSans().stream(), certificate.dnsSans().stream())
                .map(name -> "`" + name + "`")
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "" : " " + names));
    }

    private static Optional<String> trustDomain(String uriSan) {
        int slash = uriSan.indexOf('/', SCHEME.length());
        return uriSan.startsWith(SCHEME) && slash > 0
                ? Optional.of(uriSan.substring(SCHEME.length(), slash))
                : Optional.empty();
    }
}
