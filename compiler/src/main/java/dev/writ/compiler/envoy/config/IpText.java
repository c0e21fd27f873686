package dev.writ.compiler.envoy.config;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * IP addresses as Envoy reads and prints them. An IPv4 address that is mapped into IPv6 ({@code ::ffff:10.0.0.1}) stays one of IPv6
 * (tried on 1.40.0), where Java's own parser makes it IPv4.
 */
public final class IpText {
    private static final int MAPPED = 10;
    private static final int EMBEDDED = 12;
    private static final int OF_IPV6 = 16;

    private IpText() {}

    /** Empty if the text is no IP address. */
    public static Optional<InetAddress> parse(String text) {
        if (!InetAddresses.isInetAddress(text)) {
            return Optional.empty();
        }
        InetAddress address = InetAddresses.forString(text);
        return Optional.of(address instanceof Inet4Address && text.contains(":") ? mapped(address) : address);
    }

    private static InetAddress mapped(InetAddress address) {
        byte[] bytes = new byte[OF_IPV6];
        Arrays.fill(bytes, MAPPED, EMBEDDED, (byte) 0xFF);
        System.arraycopy(address.getAddress(), 0, bytes, EMBEDDED, OF_IPV6 - EMBEDDED);
        try {
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    /** As the C library prints it: RFC 5952, with an IPv4 address that is mapped in dots. */
    public static String print(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean mapped = bytes.length == OF_IPV6
                && bytes[MAPPED] == (byte) 0xFF
                && bytes[MAPPED + 1] == (byte) 0xFF
                && Arrays.equals(bytes, 0, MAPPED, new byte[MAPPED], 0, MAPPED);
        if (!mapped) {
            return InetAddresses.toAddrString(address);
        }
        return "::ffff:" + (bytes[EMBEDDED] & 0xFF) + "." + (bytes[EMBEDDED + 1] & 0xFF) + "."
                + (bytes[EMBEDDED + 2] & 0xFF) + "." + (bytes[EMBEDDED + 3] & 0xFF);
    }
}
