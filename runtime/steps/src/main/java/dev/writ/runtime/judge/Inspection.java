package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.InboundFilter;
import dev.writ.runtime.judge.Request.ProxyHeader;
import java.util.ArrayList;
import java.util.List;

/** What the filters of a listener make of a connection, one after the other, before a filter chain takes it (tried on 1.40.0). */
final class Inspection {
    /** What {@code writ decide} judges requests of. */
    private static final String PLAIN_HTTP = "http/1.1";

    private final Request request;

    /** What comes of it. */
    sealed interface Result {
        record Here(Arrival arrival) implements Result {}

        /** A filter ends the connection. */
        record Ended(String reason) implements Result {}

        /** @param possible what it may be; empty for anything */
        record Unknown(String reason, List<Result> possible) implements Result {}
    }

    private Inspection(Request request) {
        this.request = request;
    }

    static Result of(List<InboundFilter> filters, Arrival arrival, Request request) {
        return new Inspection(request).through(filters, arrival);
    }

    private Result through(List<InboundFilter> filters, Arrival arrival) {
        if (filters.isEmpty()) {
            return new Result.Here(arrival);
        }
        List<InboundFilter> rest = filters.subList(1, filters.size());
        return switch (unlessDisabled(filters.get(0), arrival)) {
            case Result.Here here -> through(rest, here.arrival());
            case Result.Ended ended -> ended;
            case Result.Unknown unknown -> {
                List<Result> possible = new ArrayList<>();
                for (Result one : unknown.possible()) {
                    possible.add(one instanceof Result.Here here ? through(rest, here.arrival()) : one);
                }
                yield new Result.Unknown(unknown.reason(), possible);
            }
        };
    }

    private Result unlessDisabled(InboundFilter filter, Arrival arrival) {
        if (filter.disabledFor().isEmpty()) {
            return through(filter, arrival);
        }
        if (filter.disabledFor().isAll()) {
            return new Result.Here(arrival);
        }
        Integer port = arrival.destinationPort();
        if (port == null) {
            return new Result.Unknown(
                    "the request does not say its " + Connection.DESTINATION_PORT,
                    List.of(new Result.Here(arrival), through(filter, arrival)));
        }
        return filter.disabledFor().contains(port) ? new Result.Here(arrival) : through(filter, arrival);
    }

    private Result through(InboundFilter filter, Arrival arrival) {
        boolean tls = ChainChoice.speaksTls(request.peer());
        return switch (filter) {
            case InboundFilter.TlsInspector inspector ->
                new Result.Here(
                        tls && arrival.begins() == null
                                ? arrival.ofTls(
                                        Connection.lowerCase(request.serverName()), request.applicationProtocols())
                                : arrival);
            case InboundFilter.HttpInspector inspector ->
                new Result.Here(tls || arrival.begins() != null ? arrival : arrival.speaking(PLAIN_HTTP));
            case InboundFilter.OriginalDestination original ->
                new Result.Here(isTold(arrival) ? arrival : arrival.to(request.destination()));
            case InboundFilter.ProxyProtocol proxy -> afterHeader(proxy, arrival);
        };
    }

    /** What a proxy has told of the destination stays: nobody has redirected the connection from there. */
    private boolean isTold(Arrival arrival) {
        return request.proxyHeader() instanceof ProxyHeader.Told
                ? arrival.begins() == null
                : arrival.destinationPort() == null;
    }

    private Result afterHeader(InboundFilter.ProxyProtocol proxy, Arrival arrival) {
        return switch (request.proxyHeader()) {
            case null -> {
                Result told = new Result.Here(arrival.told(Request.Endpoint.UNSAID, Request.Endpoint.UNSAID));
                yield new Result.Unknown(
                        "the request does not say what its `proxy_protocol` header tells",
                        List.of(told, withoutHeader(proxy, arrival)));
            }
            case ProxyHeader.None none -> withoutHeader(proxy, arrival);
            case ProxyHeader.Told told -> {
                boolean there = arrival.begins() != null;
                Result taken = new Result.Here(arrival.told(told.source(), told.destination()));
                if (!there) {
                    yield withoutHeader(proxy, arrival);
                }
                if (told.version() == null) {
                    yield proxy.refusesV1() || proxy.refusesV2()
                            ? new Result.Unknown(
                                    "the request does not say the version of its `proxy_protocol` header",
                                    List.of(taken, withoutHeader(proxy, arrival)))
                            : taken;
                }
                yield (told.version() == 1 ? proxy.refusesV1() : proxy.refusesV2())
                        ? withoutHeader(proxy, arrival)
                        : taken;
            }
        };
    }

    private static Result withoutHeader(InboundFilter.ProxyProtocol proxy, Arrival arrival) {
        return proxy.optional()
                ? new Result.Here(arrival)
                : new Result.Ended(
                        "the listener waits for a header of the PROXY protocol, and ends connections without");
    }
}
