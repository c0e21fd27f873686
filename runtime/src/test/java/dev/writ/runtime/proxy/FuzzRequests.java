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

    private final FuzzValues values;
    private final boolean proxied;

    FuzzRequests(FuzzValues values, boolean proxied) {
        this.values = values;
        this.proxied = proxied;
    }

    Request request() {
        Request.Builder request = Request.from(peer());
        if (values.below(3) > 0) {
            request.serverName(values.pick(FuzzValues.SERVER_NAMES));
        }
        if (!proxied) {
            request.source(values.pick(LOOPBACKS), null);
        } else if (values.oneIn(5)) {
            request.source(values.pick(FuzzValues.IPS_V6), values.pick(FuzzValues.SOURCE_PORTS))
                    .destination(values.pick(FuzzValues.IPS_V6), values.pick(FuzzValues.PORTS));
        } else {
            request.source(values.pick(FuzzValues.IPS_V4), values.pick(FuzzValues.SOURCE_PORTS))
                    .destination(values.pick(FuzzValues.IPS_V4), values.pick(FuzzValues.PORTS));
        }
        request.method(values.pick(FuzzValues.METHODS))
                .path(values.pick(FuzzValues.PATHS))
                .host(values.pick(FuzzValues.HOSTS));
        int headers = values.below(4);
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

    private Peer peer() {
        return switch (values.below(14)) {
            case 0 -> new Peer.Plaintext();
            case 1 -> new Peer.Anonymous();
            default -> certificate();
        };
    }

    private Peer.Certificate certificate() {
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
}
