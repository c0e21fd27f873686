package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.ChainMatch;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which filter chain of a listener takes a caller: the transport first, then the application protocol, each time the chains
 * that name it, else those that name none; there is no way back from a transport that is named (tried on 1.40.0). Without a TLS
 * inspector every connection counts as {@code raw_buffer}.
 */
final class ChainChoice {
    private static final String TLS = "tls";
    private static final String PLAINTEXT = "raw_buffer";

    /** What comes of it. */
    sealed interface Result {
        record Chosen(FilterChain chain) implements Result {}

        /** No chain is for this caller: Envoy ends the connection. */
        record None(String reason) implements Result {}

        record Unknown(String reason) implements Result {}
    }

    private record Candidate(FilterChain chain, ChainMatch.Of match) {}

    private ChainChoice() {}

    static Result of(InboundListener listener, Caller caller) {
        List<Candidate> candidates = new ArrayList<>();
        for (FilterChain chain : listener.chains()) {
            switch (chain.match()) {
                case ChainMatch.Of match -> candidates.add(new Candidate(chain, match));
                case Unmodelled unmodelled -> {
                    return new Result.Unknown(unmodelled.reason());
                }
            }
        }
        String transport = listener.inspectsTls() && speaksTls(caller) ? TLS : PLAINTEXT;
        Optional<String> offered = listener.inspectsTls() ? applicationProtocol(caller) : Optional.empty();
        List<Candidate> ofTransport = mostSpecific(
                candidates,
                candidate -> candidate.match().transport().equals(Optional.of(transport)),
                candidate -> candidate.match().transport().isEmpty());
        List<Candidate> chosen = mostSpecific(
                ofTransport,
                candidate -> offered.filter(candidate.match().applicationProtocols()::contains)
                        .isPresent(),
                candidate -> candidate.match().applicationProtocols().isEmpty());
        return switch (chosen.size()) {
            case 0 ->
                new Result.None("no filter chain takes " + transport
                        + offered.map(" with "::concat).orElse(""));
            case 1 -> new Result.Chosen(chosen.get(0).chain());
            default -> new Result.Unknown("several filter chains are for the same connections");
        };
    }

    static boolean speaksTls(Caller caller) {
        return switch (caller) {
            case Caller.Certificate certificate -> true;
            case Caller.Anonymous anonymous -> true;
            case Caller.Plaintext plaintext -> false;
        };
    }

    /** Workloads call as Kuma's proxies do. */
    private static Optional<String> applicationProtocol(Caller caller) {
        return switch (caller) {
            case Caller.Certificate certificate -> Optional.of(Caller.APPLICATION_PROTOCOL);
            case Caller.Anonymous anonymous -> Optional.empty();
            case Caller.Plaintext plaintext -> Optional.empty();
        };
    }

    private static List<Candidate> mostSpecific(
            List<Candidate> candidates, Predicate<Candidate> named, Predicate<Candidate> forAll) {
        List<Candidate> specific = candidates.stream().filter(named).toList();
        return specific.isEmpty() ? candidates.stream().filter(forAll).toList() : specific;
    }
}
