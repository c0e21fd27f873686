package dev.writ.runtime.proxy;

import dev.writ.compiler.analysis.LiftedConfig;
import dev.writ.compiler.analysis.Outcome;
import dev.writ.compiler.analysis.Witness;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.runtime.judge.Peer;
import dev.writ.runtime.judge.Request;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the lifter of proofs makes of a random config. It answers for such calls as proofs are about: of one valid certificate with one
 * SPIFFE ID, with Kuma's ALPN, to a normalised path.
 */
final class FuzzLifter {
    private static final List<String> OFFERED = List.of("kuma");
    private static final Pattern NORMALISED = Pattern.compile("(?:/[a-zA-Z0-9_~-]+)*/?(?:\\?.*)?");

    private FuzzLifter() {}

    /** Empty where it does not answer, or was not made for such a request. */
    static Optional<Verdict> decide(EnvoyConfig config, Request request) {
        Integer port = request.destination().port();
        // A proof is of calls that nothing stands before.
        boolean told = request.proxyHeader() instanceof Request.ProxyHeader.Told;
        if (port == null || told || !isNormalised(request)) {
            return Optional.empty();
        }
        return call(request)
                .flatMap(call -> LiftedConfig.onPort(config, port).decide(call))
                .map(FuzzLifter::verdict);
    }

    /** A header with an underscore may be refused before any rule. */
    private static boolean isNormalised(Request request) {
        return NORMALISED.matcher(request.path()).matches()
                && FuzzCase.headers(request).stream()
                        .noneMatch(header -> header.name().contains("_"));
    }

    private static Optional<Witness> call(Request request) {
        return switch (request.peer()) {
            case Peer.Plaintext plaintext -> call(request, Witness.Transport.PLAINTEXT, List.of());
            case Peer.Anonymous anonymous ->
                request.applicationProtocols().isEmpty()
                        ? call(request, Witness.Transport.ANONYMOUS, List.of())
                        : Optional.empty();
            case Peer.Certificate certificate ->
                request.applicationProtocols().equals(OFFERED) && isOfOneName(certificate)
                        ? call(request, Witness.Transport.CERTIFICATE, certificate.uriSans())
                        : Optional.empty();
        };
    }

    private static Optional<Witness> call(Request request, Witness.Transport transport, List<String> uriSans) {
        return Optional.of(new Witness(transport, uriSans, request.serverName(), request.method(), request.path()));
    }

    /** Signed by the CA of the trust domain that it names, or naming one that nobody trusts. */
    private static boolean isOfOneName(Peer.Certificate certificate) {
        return certificate.uriSans().size() == 1
                && certificate.dnsSans().isEmpty()
                && certificate.subject().isEmpty()
                && certificate.notAfter() == null
                && certificate.issuer() instanceof Peer.Issuer.OfTrustDomain issuer
                && (certificate.uriSans().getFirst() + "/").startsWith("spiffe://" + issuer.trustDomain() + "/");
    }

    private static Verdict verdict(Outcome outcome) {
        return new Verdict(
                decision(outcome.enforced()),
                Stage.valueOf(outcome.stage().name()),
                outcome.shadow().map(FuzzLifter::decision).orElse(null),
                outcome.enforced().rule(),
                null);
    }

    private static Decision decision(Outcome.Decided decided) {
        return Decision.valueOf(Objects.requireNonNull(decided.decision()).name());
    }
}
