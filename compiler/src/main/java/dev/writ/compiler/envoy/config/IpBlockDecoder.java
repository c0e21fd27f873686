package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.config.core.v3.CidrRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes blocks of IP addresses. As in Envoy, a length left out is 0, and one beyond the address is the whole address. */
final class IpBlockDecoder {
    private final Decoding decoding;

    IpBlockDecoder(Decoding decoding) {
        this.decoding = decoding;
    }

    /** Empty if the address is none, which is refused. */
    Optional<IpBlock> decode(CidrRange range, String place) {
        return decode(range.getAddressPrefix(), range.getPrefixLen().getValue(), place);
    }

    List<IpBlock> decode(List<CidrRange> ranges, String place) {
        List<IpBlock> blocks = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            decode(ranges.get(i), place + "[" + i + "]").ifPresent(blocks::add);
        }
        return blocks;
    }

    Optional<IpBlock> decode(String prefix, int length, String place) {
        int scope = prefix.indexOf('%');
        String address = scope < 0 ? prefix : prefix.substring(0, scope);
        Optional<InetAddress> parsed = IpText.parse(address);
        if (parsed.isEmpty()) {
            if (!prefix.isEmpty()) {
                decoding.refuse(place + ".address_prefix", "`" + prefix + "` is no IP address");
            }
            return Optional.empty();
        }
        return parsed.map(ip -> new IpBlock(ip, Math.min(length, ip.getAddress().length * 8)));
    }
}
