package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.ChainMatch;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.IpBlock;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which filter chain of a listener takes a connection. Envoy looks at one criterion after the other: destination port, destination
 * address, server name, transport, application protocol, direct source address, source type, source address, source port. Each
 * time those chains stay that name what the connection has most narrowly, else those that name nothing; there is no way back
 * (tried on 1.40.0). Without a TLS inspector every connection counts as {@code raw_buffer}. Where the listener has a matcher, that
 * chooses a chain by its name, and none of this is asked.
 */
final class ChainChoice {
    /** How well a chain fits: it does not; it names nothing; above that, the more narrowly the more. */
    private static final int NO_FIT = -1;

    private static final int FITS_ALL = 0;

    private final InboundListener listener;
    private List<Candidate> candidates = new ArrayList<>();
    private @Nullable String unknown;

    /** What comes of it. */
    sealed interface Result {
        record Chosen(FilterChain chain) implements Result {}

        /** No chain is for this connection: Envoy ends it. */
        record None(String reason) implements Result {}

        /** @param possible what it may be; empty for anything */
        record Unknown(String reason, List<Result> possible) implements Result {}
    }

    private record Candidate(FilterChain chain, ChainMatch.Of match) {}

    private ChainChoice(InboundListener listener) {
        this.listener = listener;
    }

    static Result of(InboundListener listener, Arrival arrival, MatchTrace trace) {
        ChainChoice choice = new ChainChoice(listener);
        if (listener.chainMatcher().isEmpty()) {
            return choice.choose(arrival);
        }
        trace.open();
        MatchOutcome outcome = new MatcherEvaluator(arrival, trace)
                .choose(listener.chainMatcher().get());
        if (trace.isOn()) {
            trace.close(answer(outcome), "the listener's matcher names a filter chain");
        }
        return choice.named(outcome);
    }

    private static MatchTrace.Answer answer(MatchOutcome outcome) {
        return switch (outcome) {
            case MatchOutcome.Taken taken -> MatchTrace.Answer.YES;
            case MatchOutcome.Decided decided -> MatchTrace.Answer.YES;
            case MatchOutcome.Nothing nothing -> MatchTrace.Answer.NO;
            case MatchOutcome.Stopped stopped -> MatchTrace.Answer.STOPPED;
            case MatchOutcome.Unknown unknown -> MatchTrace.Answer.UNKNOWN;
        };
    }

    /** A name that no chain has ends the connection; the default chain is for where none is named. */
    private Result named(MatchOutcome outcome) {
        return switch (outcome) {
            case MatchOutcome.Taken taken ->
                listener.chains().stream()
                        .filter(chain -> chain.name().equals(taken.chain()))
                        .<Result>map(Result.Chosen::new)
                        .findFirst()
                        .orElseGet(() -> new Result.None("the listener's matcher names the filter chain `"
                                + taken.chain() + "`, and there is none"));
            case MatchOutcome.Nothing nothing -> byDefault("the listener's matcher names no filter chain");
            case MatchOutcome.Stopped stopped -> byDefault("the listener's matcher asks for what is not there yet");
            case MatchOutcome.Unknown unknown ->
                new Result.Unknown(
                        unknown.reason(),
                        unknown.possible().isEmpty()
                                ? possible()
                                : unknown.possible().stream().map(this::named).toList());
            case MatchOutcome.Decided decided ->
                throw new IllegalStateException("an action of RBAC chooses a filter chain");
        };
    }

    private Result byDefault(String reason) {
        return listener.defaultChain().<Result>map(Result.Chosen::new).orElseGet(() -> new Result.None(reason));
    }

    private Result choose(Arrival connection) {
        for (FilterChain chain : listener.chains()) {
            switch (chain.match()) {
                case ChainMatch.Of match -> candidates.add(new Candidate(chain, match));
                case Unmodelled unmodelled -> {
                    return new Result.Unknown(unmodelled.reason(), List.of());
                }
            }
        }
        String transport = connection.transport();
        List<String> offered = connection.applicationProtocols();
        narrowBy(ChainMatch.Of::destinationPort, connection.destinationPort(), Connection.DESTINATION_PORT);
        narrowByBlocks(ChainMatch.Of::destinations, connection.destination(), Connection.DESTINATION_ADDRESS);
        narrow(match -> serverName(match.serverNames(), connection.serverName()));
        narrow(match -> match.transport()
                .map(named -> named.equals(transport) ? 1 : NO_FIT)
                .orElse(FITS_ALL));
        narrow(match -> applicationProtocol(match.applicationProtocols(), offered));
        narrowByBlocks(ChainMatch.Of::directSources, connection.directSource(), Connection.SOURCE_ADDRESS);
        narrowBySourceType(connection);
        narrowByBlocks(ChainMatch.Of::sources, connection.source(), Connection.SOURCE_ADDRESS);
        narrowBySourcePorts(connection.sourcePort());
        if (unknown != null) {
            return new Result.Unknown(unknown, possible());
        }
        return switch (candidates.size()) {
            case 0 ->
                byDefault("no filter chain takes " + transport
                        + (offered.isEmpty() ? "" : " with " + String.join(", ", offered)));
            case 1 -> new Result.Chosen(candidates.get(0).chain());
            default -> new Result.Unknown("several filter chains are for the same connections", possible());
        };
    }

    /** Any of those that are left, the default, none at all. */
    private List<Result> possible() {
        List<Result> possible = new ArrayList<>();
        listener.chains().forEach(chain -> possible.add(new Result.Chosen(chain)));
        possible.add(byDefault("no filter chain takes it"));
        return possible;
    }

    static boolean speaksTls(Peer peer) {
        return switch (peer) {
            case Peer.Certificate certificate -> true;
            case Peer.Anonymous anonymous -> true;
            case Peer.Plaintext plaintext -> false;
        };
    }

    private void narrow(ToIntFunction<ChainMatch.Of> fit) {
        int best = candidates.stream()
                .mapToInt(candidate -> fit.applyAsInt(candidate.match()))
                .max()
                .orElse(NO_FIT);
        candidates = candidates.stream()
                .filter(candidate -> best != NO_FIT && fit.applyAsInt(candidate.match()) == best)
                .toList();
    }

    private void narrowBy(Function<ChainMatch.Of, Optional<Integer>> criterion, @Nullable Integer port, String what) {
        if (port == null) {
            require(what, match -> criterion.apply(match).isPresent());
            return;
        }
        narrow(match -> criterion
                .apply(match)
                .map(named -> named.equals(port) ? 1 : NO_FIT)
                .orElse(FITS_ALL));
    }

    /**
     * Of blocks the narrowest; a chain without blocks takes all, like a block of no length. Between those two Envoy chooses by chance
     * (its trie keeps both sets of chains at one place and takes whichever comes last).
     */
    private void narrowByBlocks(
            Function<ChainMatch.Of, List<IpBlock>> criterion, @Nullable InetAddress address, String what) {
        if (address == null) {
            require(what, match -> !criterion.apply(match).isEmpty());
            return;
        }
        narrow(match -> {
            List<IpBlock> blocks = criterion.apply(match);
            return blocks.isEmpty()
                    ? FITS_ALL
                    : blocks.stream()
                            .filter(block -> IpAddresses.contains(block, address))
                            .mapToInt(IpBlock::prefixLength)
                            .max()
                            .orElse(NO_FIT);
        });
        boolean names = candidates.stream()
                .anyMatch(candidate -> !criterion.apply(candidate.match()).isEmpty());
        boolean leavesOpen = candidates.stream()
                .anyMatch(candidate -> criterion.apply(candidate.match()).isEmpty());
        if (unknown == null && names && leavesOpen) {
            unknown = "of a filter chain for every address and one for a block of no length Envoy takes one by chance";
        }
    }

    private void narrowBySourceType(Arrival connection) {
        boolean asked =
                candidates.stream().anyMatch(candidate -> candidate.match().sourceType() != ChainMatch.SourceType.ANY);
        if (!asked) {
            return;
        }
        Truth local = connection.isLocal();
        if (local instanceof Truth.Unknown open) {
            unknown = unknown == null ? open.reason() : unknown;
            return;
        }
        boolean isLocal = local instanceof Truth.Yes;
        narrow(match -> switch (match.sourceType()) {
            case ANY -> FITS_ALL;
            case SAME_IP_OR_LOOPBACK -> isLocal ? 1 : NO_FIT;
            case EXTERNAL -> isLocal ? NO_FIT : 1;
        });
    }

    private void narrowBySourcePorts(@Nullable Integer port) {
        if (port == null) {
            require(Connection.SOURCE_PORT, match -> !match.sourcePorts().isEmpty());
            return;
        }
        narrow(match ->
                match.sourcePorts().isEmpty() ? FITS_ALL : match.sourcePorts().contains(port) ? 1 : NO_FIT);
    }

    /** What nobody says must not be asked by any chain that is left. */
    private void require(String what, Function<ChainMatch.Of, Boolean> asks) {
        if (unknown == null && candidates.stream().anyMatch(candidate -> asks.apply(candidate.match()))) {
            unknown = "the request does not say its " + what;
        }
    }

    /** The name itself, else the longest wildcard above it. */
    private static int serverName(List<String> named, String serverName) {
        if (named.isEmpty()) {
            return FITS_ALL;
        }
        int best = NO_FIT;
        for (String name : named) {
            if (name.equals(serverName)) {
                return Integer.MAX_VALUE;
            }
            boolean above = name.startsWith("*.")
                    && serverName.length() > name.length() - 1
                    && serverName.endsWith(name.substring(1));
            best = above ? Math.max(best, name.length()) : best;
        }
        return best;
    }

    /** The caller's first protocol that a chain names. */
    private static int applicationProtocol(List<String> named, List<String> offered) {
        if (named.isEmpty()) {
            return FITS_ALL;
        }
        for (int i = 0; i < offered.size(); i++) {
            if (named.contains(offered.get(i))) {
                return offered.size() - i;
            }
        }
        return NO_FIT;
    }
}
