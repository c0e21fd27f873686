package dev.writ.runtime.proxy;

import dev.writ.runtime.judge.Peer;
import dev.writ.runtime.judge.Request;
import java.util.List;

/** Random requests, of callers of every kind. */
final class FuzzRequests {
    /** On other systems than Linux the loopback has one address. */
    private static final List<String> LOOPBACKS = System.getProperty("os.name").equals("Linux")
            ? List.of("127.0.0.1", "127.1.2.3", "127.77.5.9")
            : List.of("127.0.0.1");

    private static final List<String> PLAIN_PATHS = List.of(
            "/", "/api", "/api/v1?x=1", "/api/v1/", "/apix", "/API", "/~x", "/a/b/c", "/?", "/api?a?b", "/a?q=/../b");

    private final FuzzValues values;
    private final boolean proxied;

    private final boolean told;

    FuzzRequests(FuzzValues values, boolean proxied, boolean told) {
        this.told = told;
        this.values = values;
        this.proxied = proxied;
    }

    Request request() {
        Peer peer = peer();
        Request.Builder request = Request.from(peer).applicationProtocols(protocols(peer));
        if (values.below(3) > 0) {
            request.serverName(values.pick(FuzzValues.SERVER_NAMES));
        }
        if (!proxied) {
            request.source(values.pick(LOOPBACKS), null);
        } else {
            Request.ProxyHeader.Told addresses = addresses();
            request.source(addresses.source().ip(), addresses.source().port())
                    .destination(
                            addresses.destination().ip(),
                            addresses.destination().port());
        }
        if (told) {
            request.proxyHeader(values.oneIn(5) ? new Request.ProxyHeader.None() : addresses());
        }
        request.method(values.pick(FuzzValues.METHODS))
                .path(values.pick(values.isNarrow() ? PLAIN_PATHS : FuzzValues.PATHS))
                .host(values.pick(FuzzValues.HOSTS));
        int headers = values.isNarrow() ? 0 : values.below(4);
        for (int i = 0; i < headers; i++) {
            String name = values.pick(FuzzValues.HEADER_NAMES);
            request.header(
                    values.oneIn(5) ? name.toUpperCase(java.util.Locale.ROOT) : name,
                    values.pick(FuzzValues.HEADER_VALUES));
        }
        if (values.oneIn(4)) {
            request.header(
                    "x-forwarded-for",
                    values.pick(List.of(
                            "10.0.0.5",
                            "8.8.8.8, 192.168.3.4",
                            "10.0.0.5,10.0.1.7,8.8.8.8",
                            "2001:db8::1",
                            "nonsense")));
        }
        return request.build();
    }

    private Request.ProxyHeader.Told addresses() {
        List<String> ips = values.oneIn(5) ? FuzzValues.IPS_V6 : FuzzValues.IPS_V4;
        return new Request.ProxyHeader.Told(
                1,
                new Request.Endpoint(values.pick(ips), values.pick(FuzzValues.SOURCE_PORTS)),
                new Request.Endpoint(values.pick(ips), values.pick(FuzzValues.PORTS)));
    }

    private List<String> protocols(Peer peer) {
        return switch (peer) {
            case Peer.Plaintext plaintext -> List.of();
            case Peer.Anonymous anonymous -> values.oneIn(2) ? List.of() : values.pick(FuzzValues.PROTOCOLS);
            case Peer.Certificate certificate ->
                values.isNarrow() ? List.of("kuma") : values.pick(FuzzValues.PROTOCOLS);
        };
    }

    private Peer peer() {
        return switch (values.below(14)) {
            case 0 -> new Peer.Plaintext();
            case 1 -> new Peer.Anonymous();
            default -> certificate();
        };
    }

    private Peer.Certificate certificate() {
        if (values.isNarrow() && values.below(8) > 0) {
            return ofOneName(values.pick(FuzzValues.IDS));
        }
        List<String> uriSans =
                values.some(values.oneIn(8) ? 0 : 1, values.oneIn(4) ? 3 : 1, () -> values.pick(FuzzValues.IDS));
        List<String> dnsSans = values.some(0, values.oneIn(3) ? 2 : 0, () -> values.pick(FuzzValues.DNS_NAMES));
        boolean partner =
                !uriSans.isEmpty() && uriSans.getFirst().startsWith("spiffe://" + FuzzAuthorities.PARTNER + "/");
        String authority = values.oneIn(16)
                ? values.pick(List.of(FuzzAuthorities.FOREIGN, FuzzAuthorities.SHOP, FuzzAuthorities.PARTNER))
                : partner ? FuzzAuthorities.PARTNER : FuzzAuthorities.SHOP;
        return new Peer.Certificate(
                uriSans,
                dnsSans,
                values.oneIn(3) ? values.pick(FuzzValues.SUBJECTS) : "",
                new Peer.Issuer.OfTrustDomain(authority),
                values.oneIn(24) ? FuzzAuthorities.EXPIRED : null);
    }

    /** As a SPIFFE CA issues them. */
    private static Peer.Certificate ofOneName(String id) {
        String authority =
                id.startsWith("spiffe://" + FuzzAuthorities.PARTNER) ? FuzzAuthorities.PARTNER : FuzzAuthorities.SHOP;
        return new Peer.Certificate(List.of(id), List.of(), "", new Peer.Issuer.OfTrustDomain(authority), null);
    }
}
