package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.Outcome.Decision;
import dev.writ.compiler.analysis.Outcome.Stage;
import dev.writ.compiler.analysis.Witness.Transport;
import dev.writ.compiler.envoy.config.ChainMatch;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.InboundFilter;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lifts an Envoy config to what it makes of each call to a port. It reads the decoded config as Envoy does and knows nothing of the
 * policy that it came from, nor of how it was made: that is what a comparison of both is worth.
 */
final class ConfigDiagram {
    private static final String TLS = "tls";
    private static final String PLAINTEXT = "raw_buffer";
    private static final String APPLICATION_PROTOCOL = "kuma";

    private final Diagram diagram;
    private final Callers callers;
    private final Certificates certificates;

    ConfigDiagram(Diagram diagram, Callers callers, Certificates certificates) {
        this.diagram = diagram;
        this.callers = callers;
        this.certificates = certificates;
    }

    Node of(EnvoyConfig config, int port) {
        List<InboundListener> listeners = config.listeners().stream()
                .filter(listener -> listener.port() == port)
                .toList();
        if (listeners.size() != 1) {
            throw new Unanswerable(
                    (listeners.isEmpty() ? "no listener" : "more than one listener") + " is on port " + port);
        }
        refuse(config.unmodelled());
        refuse(listeners.getFirst().unmodelled());
        return diagram.branch(
                Variables.TRANSPORT,
                List.of(Choice.ANONYMOUS, Choice.PLAINTEXT),
                List.of(
                        of(listeners.getFirst(), Transport.CERTIFICATE),
                        of(listeners.getFirst(), Transport.ANONYMOUS),
                        of(listeners.getFirst(), Transport.PLAINTEXT)));
    }

    private static void refuse(List<Unmodelled> unmodelled) {
        if (!unmodelled.isEmpty()) {
            throw new Unanswerable(unmodelled.getFirst().reason());
        }
    }

    private Node of(InboundListener listener, Transport transport) {
        requirePlainChoice(listener);
        Optional<FilterChain> chain = chain(listener, transport).or(listener::defaultChain);
        if (chain.isEmpty()) {
            return diagram.leaf(Outcome.withoutRule(Stage.NONE, Decision.DENY));
        }
        refuse(chain.get().unmodelled());
        return new ChainLifter(diagram, callers, certificates, listener, chain.get()).of(transport);
    }

    private static void requirePlainChoice(InboundListener listener) {
        if (listener.chainMatcher().isPresent()) {
            throw new Unanswerable("a matcher that chooses a filter chain");
        }
        boolean plain = listener.filters().stream()
                .allMatch(filter -> filter instanceof InboundFilter.TlsInspector
                        && filter.disabledFor().isEmpty());
        if (!plain) {
            throw new Unanswerable("a listener filter other than a TLS inspector");
        }
    }

    /** The transport first, then the application protocol, each time the chains that name it, else those that name none. */
    private static Optional<FilterChain> chain(InboundListener listener, Transport transport) {
        boolean isSeen = listener.inspectsTls() && transport != Transport.PLAINTEXT;
        List<FilterChain> ofTransport = mostSpecific(
                listener.chains(),
                match -> match.transport().equals(Optional.of(isSeen ? TLS : PLAINTEXT)),
                match -> match.transport().isEmpty());
        boolean offers = isSeen && transport == Transport.CERTIFICATE;
        List<FilterChain> chosen = mostSpecific(
                ofTransport,
                match -> offers && match.applicationProtocols().contains(APPLICATION_PROTOCOL),
                match -> match.applicationProtocols().isEmpty());
        if (chosen.size() > 1) {
            throw new Unanswerable("several filter chains are for the same connections");
        }
        return chosen.stream().findFirst();
    }

    /** A call says nothing of the addresses that it is between. */
    private static void requireNoAddress(ChainMatch.Of match) {
        boolean asks = match.destinationPort().isPresent()
                || !match.destinations().isEmpty()
                || !match.serverNames().isEmpty()
                || !match.directSources().isEmpty()
                || match.sourceType() != ChainMatch.SourceType.ANY
                || !match.sources().isEmpty()
                || !match.sourcePorts().isEmpty();
        if (asks) {
            throw new Unanswerable("a filter chain for some addresses or server names alone");
        }
    }

    private static List<FilterChain> mostSpecific(
            List<FilterChain> chains, Predicate<ChainMatch.Of> named, Predicate<ChainMatch.Of> forAll) {
        List<FilterChain> specific = new ArrayList<>();
        List<FilterChain> general = new ArrayList<>();
        for (FilterChain chain : chains) {
            switch (chain.match()) {
                case ChainMatch.Of match -> {
                    requireNoAddress(match);
                    if (named.test(match)) {
                        specific.add(chain);
                    } else if (forAll.test(match)) {
                        general.add(chain);
                    }
                }
                case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
            }
        }
        return specific.isEmpty() ? general : specific;
    }
}
