package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.IpBlock;
import dev.writ.compiler.envoy.config.IpText;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IP addresses as Envoy compares them: only within one version. */
final class IpAddresses {
    private static final String UNSAID = "the request does not say its ";

    private IpAddresses() {}

    /** @throws IllegalArgumentException if the text is no IP address */
    static @Nullable InetAddress parse(@Nullable String text) {
        return text == null
                ? null
                : IpText.parse(text).orElseThrow(() -> new IllegalArgumentException("`" + text + "` is no IP address"));
    }

    /** @param what the address is: {@code source address} */
    static Truth isIn(IpBlock block, @Nullable InetAddress address, String what) {
        return address == null ? unsaid(what) : Truth.of(contains(block, address));
    }

    static Truth isInAny(List<IpBlock> blocks, InetAddress address) {
        for (IpBlock block : blocks) {
            if (contains(block, address)) {
                return Truth.YES;
            }
        }
        return Truth.NO;
    }

    static Truth unsaid(String what) {
        return new Truth.Unknown(UNSAID + what);
    }

    static boolean contains(IpBlock block, InetAddress address) {
        byte[] network = block.address().getAddress();
        byte[] bytes = address.getAddress();
        if (network.length != bytes.length) {
            return false;
        }
        int whole = block.prefixLength() / 8;
        for (int i = 0; i < whole; i++) {
            if (network[i] != bytes[i]) {
                return false;
            }
        }
        int rest = block.prefixLength() % 8;
        int mask = 0xFF00 >> rest;
        return rest == 0 || (network[whole] & mask) == (bytes[whole] & mask);
    }

    /** As Envoy prints it, which is how a matcher sees it. */
    static String text(InetAddress address) {
        return IpText.print(address);
    }
}
