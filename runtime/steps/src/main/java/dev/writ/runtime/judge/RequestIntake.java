package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.HeaderHandling;
import dev.writ.compiler.envoy.config.IpText;
import dev.writ.compiler.envoy.config.NetworkFilter.HttpConnection;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a connection manager makes of a request before its filters see it: the path, the host, the headers that it takes away or
 * sets itself, and whom the request is from.
 */
final class RequestIntake {
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z!#$%&'*+.^_`|~-]+");
    private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]*");
    /** A NUL, or a dot segment with a parameter. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[^?]*?(?:%00|[/\\\\]\\.\\.?;)");

    private static final String FORWARDED_FOR = "x-forwarded-for";
    private static final String CLIENT_CERT = "x-forwarded-client-cert";
    private static final String BY_MANAGER = "the connection manager sets the header `%s` itself";
    private static final Set<String> SET_BY_MANAGER = Set.of(
            ":scheme",
            "x-forwarded-proto",
            "x-request-id",
            "x-envoy-internal",
            "x-envoy-external-address",
            "via",
            "x-envoy-original-path",
            "x-envoy-decorator-operation",
            "connection",
            "transfer-encoding",
            "upgrade",
            "x-envoy-downstream-service-cluster",
            "x-envoy-downstream-service-node",
            "x-envoy-expected-rq-timeout-ms",
            "x-envoy-force-trace",
            "x-envoy-ip-tags",
            "x-envoy-max-retries",
            "x-envoy-retry-on",
            "keep-alive",
            "proxy-connection",
            "x-envoy-upstream-rq-timeout-ms",
            "x-envoy-hedge-on-per-try-timeout");

    /** What comes of it. */
    sealed interface Result {
        record Seen(HttpRequest request) implements Result {}

        /** The connection manager answers by itself; no filter is asked. */
        record Answered(String reason) implements Result {}

        record Unknown(String reason) implements Result {}
    }

    private RequestIntake() {}

    /** A request just as it is, for filters that stand alone. */
    static HttpRequest plain(Request request, @Nullable InetAddress source) {
        return new HttpRequest(
                request.method(),
                request.path(),
                host(request),
                headers(request),
                Map.of(),
                source,
                request.source().port());
    }

    static Result of(Request request, Connection connection, HttpConnection manager) {
        if (request.path().startsWith("/") && request.path().indexOf('#') > 0) {
            return new Result.Answered("a path with a fragment is answered with 400");
        }
        Optional<String> fault = fault(request);
        if (fault.isPresent()) {
            return new Result.Unknown(fault.get());
        }
        @Nullable Map<String, List<String>> headers = headers(request);
        switch (manager.headers().underscores()) {
            case ALLOW -> {}
            case DROP -> {
                if (headers != null) {
                    headers.keySet().removeIf(name -> name.contains("_"));
                }
            }
            case REJECT -> {
                if (headers != null && headers.keySet().stream().anyMatch(name -> name.contains("_"))) {
                    return new Result.Answered("a header with an underscore in its name is answered with 400");
                }
            }
        }
        Endpoint remote =
                remote(headers, new Endpoint(connection.source(), connection.sourcePort()), manager.headers());
        Map<String, String> changed = new LinkedHashMap<>();
        SET_BY_MANAGER.forEach(name -> changed.put(name, String.format(BY_MANAGER, name)));
        if (manager.headers().useRemoteAddress()) {
            changed.put(FORWARDED_FOR, String.format(BY_MANAGER, FORWARDED_FOR));
        }
        if (manager.headers().forwardsClientCertificate()) {
            changed.put(CLIENT_CERT, String.format(BY_MANAGER, CLIENT_CERT));
        } else if (headers != null) {
            headers.remove(CLIENT_CERT);
        }
        return switch (RequestPath.of(request.path(), manager.paths())) {
            case RequestPath.Result.Answered answered -> new Result.Answered(answered.reason());
            case RequestPath.Result.Seen seen ->
                new Result.Seen(new HttpRequest(
                        request.method(),
                        seen.path(),
                        withoutPort(host(request), connection.destinationPort(), manager.headers()),
                        headers,
                        changed,
                        remote.address(),
                        remote.port()));
        };
    }

    /** Why method and path are no request of which one could say what Envoy makes of it: it answers it by itself, or versions differ. */
    private static Optional<String> fault(Request request) {
        if (request.method().equals("CONNECT")
                || !TOKEN.matcher(request.method()).matches()) {
            return Optional.of("`" + request.method() + "` is no HTTP method of a request to a path");
        }
        if (!PATH.matcher(request.path()).matches()) {
            return Optional.of("`" + request.path() + "` is no path of an HTTP request: it starts with `/`, has no "
                    + "fragment and no characters but visible ASCII");
        }
        return AMBIGUOUS.matcher(request.path()).lookingAt()
                ? Optional.of("what a server makes of the path `" + request.path() + "` is not modelled")
                : Optional.empty();
    }

    private static @Nullable Map<String, List<String>> headers(Request request) {
        if (request.headers() == null) {
            return null;
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Request.Header header : request.headers()) {
            headers.computeIfAbsent(HttpRequest.lowerCase(header.name()), name -> new ArrayList<>())
                    .add(header.value());
        }
        return headers;
    }

    private static @Nullable String host(Request request) {
        if (request.host() != null || request.headers() == null) {
            return request.host();
        }
        return request.headers().stream()
                .filter(header ->
                        header.name().equalsIgnoreCase("host") || header.name().equals(":authority"))
                .map(Request.Header::value)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String withoutPort(
            @Nullable String host, @Nullable Integer port, HeaderHandling handling) {
        int colon = host == null ? -1 : host.lastIndexOf(':');
        if (host == null || colon < 0 || host.endsWith("]")) {
            return host;
        }
        return switch (handling.portOfHost()) {
            case KEEP -> host;
            case STRIP_ANY -> host.substring(0, colon);
            case STRIP_MATCHING ->
                host.substring(colon + 1).equals(String.valueOf(port)) ? host.substring(0, colon) : host;
        };
    }

    private record Endpoint(
            @Nullable InetAddress address, @Nullable Integer port) {}

    /** Who opened the connection, or the address in {@code x-forwarded-for} that as many trusted proxies stand behind. */
    private static Endpoint remote(
            @Nullable Map<String, List<String>> headers, Endpoint source, HeaderHandling handling) {
        int skipped = handling.useRemoteAddress() ? handling.trustedHops() - 1 : handling.trustedHops();
        if (headers == null) {
            return skipped < 0 ? source : new Endpoint(null, null);
        }
        List<String> values = headers.getOrDefault(FORWARDED_FOR, List.of());
        if (skipped < 0 || values.isEmpty()) {
            return source;
        }
        String[] hops = String.join(",", values).split(",", -1);
        if (skipped >= hops.length) {
            return source;
        }
        String hop = hops[hops.length - 1 - skipped].strip();
        return IpText.parse(hop).map(address -> new Endpoint(address, 0)).orElse(source);
    }
}
