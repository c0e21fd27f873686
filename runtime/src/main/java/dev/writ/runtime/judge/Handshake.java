package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.ClientValidation;
import dev.writ.compiler.envoy.config.ClientValidation.OneCa;
import dev.writ.compiler.envoy.config.ClientValidation.SanKind;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.ClientValidation.SpiffeTrust;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;
import java.util.Optional;

/**
 * Takes a caller through a chain's transport: which identity the filters see, or why it is refused.
 *
 * <p>The SPIFFE validator takes the text between {@code spiffe://} and the next slash of the <em>first</em> URI SAN as the
 * trust domain; an ID without a path has none, and is refused. SAN matchers are content with any SAN. It insists on a
 * certificate even where the TLS context does not (tried on 1.40.0).
 */
final class Handshake {
    private static final String SCHEME = "spiffe://";

    /** What comes of it. */
    sealed interface Result {

        /** @param uriSans empty if Envoy saw no client certificate */
        record Admitted(boolean tls, List<String> uriSans) implements Result {}

        record Refused(String reason) implements Result {}

        record Unknown(String reason) implements Result {}
    }

    private Handshake() {}

    static Result of(Caller caller, Transport transport) {
        return switch (transport) {
            case Transport.Plaintext plaintext -> new Result.Admitted(false, List.of());
            case Transport.Tls tls -> withTls(caller, tls);
            case Unmodelled unmodelled -> new Result.Unknown(unmodelled.reason());
        };
    }

    private static Result withTls(Caller caller, Transport.Tls tls) {
        return switch (caller) {
            case Caller.Plaintext plaintext -> new Result.Refused("plaintext to a TLS listener");
            case Caller.Anonymous anonymous -> anonymous(tls);
            case Caller.Certificate certificate -> certificate(certificate.uriSans(), tls.validation());
        };
    }

    private static Result anonymous(Transport.Tls tls) {
        return switch (tls.validation()) {
            case ClientValidation.NotRequested none -> new Result.Admitted(true, List.of());
            case SpiffeTrust trust -> new Result.Refused("no client certificate");
            case OneCa ca ->
                tls.requireClientCertificate()
                        ? new Result.Refused("no client certificate")
                        : new Result.Admitted(true, List.of());
            case Unmodelled unmodelled -> new Result.Unknown(unmodelled.reason());
        };
    }

    private static Result certificate(List<String> uriSans, ClientValidation validation) {
        return switch (validation) {
            case ClientValidation.NotRequested none -> new Result.Admitted(true, List.of());
            case SpiffeTrust trust -> validated(uriSans, trust);
            case OneCa ca -> signed(uriSans, ca);
            case Unmodelled unmodelled -> new Result.Unknown(unmodelled.reason());
        };
    }

    private static Result validated(List<String> uriSans, SpiffeTrust trust) {
        Optional<String> trustDomain = trustDomain(uriSans.get(0));
        if (trustDomain.filter(trust.trustDomains()::contains).isEmpty()) {
            return new Result.Refused("no trusted trust domain in the first URI SAN `" + uriSans.get(0) + "`");
        }
        return named(uriSans, trust.sanMatchers());
    }

    /** A caller's certificate is signed by the CA of the trust domain that its first URI SAN begins with. */
    private static Result signed(List<String> uriSans, OneCa ca) {
        String first = uriSans.get(0);
        String trustDomain = SCHEME + ca.trustDomain();
        return first.equals(trustDomain) || first.startsWith(trustDomain + "/")
                ? named(uriSans, ca.sanMatchers())
                : new Result.Refused("the CA of `" + ca.trustDomain() + "` has not signed for `" + first + "`");
    }

    private static Result named(List<String> uriSans, List<SanMatcher> matchers) {
        if (matchers.isEmpty()) {
            return new Result.Admitted(true, uriSans);
        }
        List<Truth> truths = matchers.stream()
                .flatMap(matcher -> uriSans.stream().map(uriSan -> matches(matcher, uriSan)))
                .toList();
        if (truths.contains(Truth.YES)) {
            return new Result.Admitted(true, uriSans);
        }
        return truths.stream()
                .filter(Truth.Unknown.class::isInstance)
                .map(Truth.Unknown.class::cast)
                .<Result>map(unknown -> new Result.Unknown(unknown.reason()))
                .findFirst()
                .orElseGet(() -> new Result.Refused("no SAN matcher takes " + String.join(", ", uriSans)));
    }

    private static Truth matches(SanMatcher matcher, String uriSan) {
        return matcher.kind() == SanKind.URI ? TextMatching.matches(matcher.matcher(), uriSan) : Truth.NO;
    }

    private static Optional<String> trustDomain(String uriSan) {
        int slash = uriSan.indexOf('/', SCHEME.length());
        return uriSan.startsWith(SCHEME) && slash > 0
                ? Optional.of(uriSan.substring(SCHEME.length(), slash))
                : Optional.empty();
    }
}
