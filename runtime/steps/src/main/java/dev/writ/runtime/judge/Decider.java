package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides requests by a config of Envoy, whoever wrote it, as Envoy would: filter chain, TLS, then the RBAC filters in their order.
 * What depends on something that Writ does not model, or that the request does not say, is unknown.
 */
public final class Decider {
    private final @Nullable InboundListener listener;
    private final List<Rbac> filters;
    private final List<Unmodelled> unmodelled;
    private final Handshake handshake;
    private final PolicyIndexes indexes = new PolicyIndexes();

    private Decider(@Nullable InboundListener listener, List<Rbac> filters, List<Unmodelled> unmodelled, Instant now) {
        this.listener = listener;
        this.filters = List.copyOf(filters);
        this.unmodelled = List.copyOf(unmodelled);
        this.handshake = new Handshake(now);
    }

    /** One for a listener. */
    public static Decider of(InboundListener listener, Instant now) {
        return new Decider(listener, List.of(), listener.unmodelled(), now);
    }

    /** One for a listener of a whole config, which may have parts that change any decision. */
    public static Decider of(EnvoyConfig config, InboundListener listener, Instant now) {
        return new Decider(
                listener,
                List.of(),
                Stream.concat(config.unmodelled().stream(), listener.unmodelled().stream())
                        .toList(),
                now);
    }

    /** One for RBAC filters alone, which all must allow: requests come to them as they are, their TLS taken as it is told. */
    public static Decider ofFilters(List<Rbac> filters) {
        return new Decider(null, filters, List.of(), Instant.EPOCH);
    }

    public Ruling decide(Request request) {
        return decide(request, MatchTrace.off());
    }

    /** The same, with the trace of what was asked. */
    public Ruling explain(Request request) {
        return decide(request, MatchTrace.watching());
    }

    private Ruling decide(Request request, MatchTrace trace) {
        if (!unmodelled.isEmpty()) {
            return new Ruling(Verdict.unknown(unmodelled.get(0).reason()), null, trace.steps());
        }
        Ended ended;
        if (listener == null) {
            FilterPass pass = new FilterPass(request, trace, indexes);
            ended = new Ended(pass.throughAll(filters, alone(request)), pass.shadowRule());
        } else {
            ended = through(
                    Inspection.of(listener.filters(), Arrival.at(listener, request), request),
                    listener,
                    request,
                    trace);
        }
        return new Ruling(ended.verdict(), ended.shadowRule(), trace.steps());
    }

    private record Ended(Verdict verdict, @Nullable String shadowRule) {
        static Ended with(Verdict verdict) {
            return new Ended(verdict, null);
        }
    }

    private Ended through(Inspection.Result inspected, InboundListener to, Request request, MatchTrace trace) {
        return switch (inspected) {
            case Inspection.Result.Here here ->
                through(ChainChoice.of(to, here.arrival(), trace), request, here.arrival(), trace);
            case Inspection.Result.Ended ended -> ended(ended.reason(), trace);
            case Inspection.Result.Unknown unknown -> {
                trace.note(MatchTrace.Answer.UNKNOWN, unknown.reason());
                yield eachWay(
                        unknown.reason(),
                        unknown.possible().stream()
                                .map(one -> through(one, to, request, MatchTrace.off()))
                                .toList());
            }
        };
    }

    private static Ended ended(String reason, MatchTrace trace) {
        trace.note(MatchTrace.Answer.NO, reason);
        return Ended.with(new Verdict(Decision.DENY, Stage.NONE, null, null, reason));
    }

    private Ended through(ChainChoice.Result choice, Request request, Arrival incoming, MatchTrace trace) {
        return switch (choice) {
            case ChainChoice.Result.None none -> ended(none.reason(), trace);
            case ChainChoice.Result.Unknown unknown -> {
                trace.note(MatchTrace.Answer.UNKNOWN, unknown.reason());
                yield eachWay(
                        unknown.reason(),
                        unknown.possible().stream()
                                .map(one -> through(one, request, incoming, MatchTrace.off()))
                                .toList());
            }
            case ChainChoice.Result.Chosen chosen -> {
                if (listener != null && listener.chains().size() > 1) {
                    trace.note(
                            MatchTrace.Answer.YES,
                            "filter chain `" + chosen.chain().name() + "` takes it");
                }
                yield through(chosen.chain(), request, incoming, trace);
            }
        };
    }

    private Ended through(FilterChain chain, Request request, Arrival incoming, MatchTrace trace) {
        return chain.unmodelled().isEmpty()
                ? through(handshake.of(peer(request, incoming), chain.transport()), chain, request, incoming, trace)
                : Ended.with(Verdict.unknown(chain.unmodelled().get(0).reason()));
    }

    private Ended through(
            Handshake.Result shaken, FilterChain chain, Request request, Arrival incoming, MatchTrace trace) {
        return switch (shaken) {
            case Handshake.Result.Refused refused -> {
                trace.note(MatchTrace.Answer.NO, "TLS: " + refused.reason());
                yield Ended.with(Verdict.refusedByTls(refused.reason()));
            }
            case Handshake.Result.Unknown unknown -> {
                trace.note(MatchTrace.Answer.UNKNOWN, "TLS: " + unknown.reason());
                yield eachWay(
                        unknown.reason(),
                        unknown.possible().stream()
                                .map(one -> through(one, chain, request, incoming, MatchTrace.off()))
                                .toList());
            }
            case Handshake.Result.Admitted admitted -> {
                FilterPass pass = new FilterPass(request, trace, indexes);
                Verdict verdict = pass.through(chain.filters(), connection(admitted, incoming, request));
                yield new Ended(verdict, pass.shadowRule());
            }
        };
    }

    /** Where nobody can tell which way a request goes, it is decided if it ends the same on each. */
    private static Ended eachWay(String reason, List<Ended> ways) {
        if (ways.stream().distinct().count() == 1) {
            return ways.get(0);
        }
        boolean denied =
                !ways.isEmpty() && ways.stream().allMatch(way -> way.verdict().decision() == Decision.DENY);
        boolean allowed =
                !ways.isEmpty() && ways.stream().allMatch(way -> way.verdict().decision() == Decision.ALLOW);
        return Ended.with(
                denied || allowed
                        ? new Verdict(denied ? Decision.DENY : Decision.ALLOW, Stage.NONE, null, null, null)
                        : Verdict.unknown(reason));
    }

    /** A header that nothing takes away stands before whatever the caller has to say. */
    private static Peer peer(Request request, Arrival arrival) {
        return arrival.begins() == null ? request.peer() : new Peer.Plaintext();
    }

    private static Connection connection(Handshake.Result.Admitted admitted, Arrival arrival, Request request) {
        boolean handshakeAsBytes = ChainChoice.speaksTls(request.peer()) && !admitted.tls();
        return new Connection(
                arrival.source(),
                arrival.sourcePort(),
                arrival.directSource(),
                arrival.destination(),
                arrival.destinationPort(),
                admitted.tls(),
                arrival.begins() == null && handshakeAsBytes ? "a TLS handshake" : arrival.begins(),
                admitted.certificate(),
                admitted.validated(),
                arrival.serverName(),
                null);
    }

    private static Connection alone(Request request) {
        InetAddress source = IpAddresses.parse(request.source().ip());
        boolean certified = request.peer() instanceof Peer.Certificate;
        return new Connection(
                source,
                request.source().port(),
                source,
                IpAddresses.parse(request.destination().ip()),
                request.destination().port(),
                ChainChoice.speaksTls(request.peer()),
                null,
                certified ? (Peer.Certificate) request.peer() : null,
                certified,
                Connection.lowerCase(request.serverName()),
                RequestIntake.plain(request, source));
    }
}
