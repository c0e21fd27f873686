package dev.writ.compiler.envoy.config;

import java.net.InetAddress;

/**
 * A block of IP addresses ({@code envoy.config.core.v3.CidrRange}).
 *
 * @param prefixLength at most the length of the address; zero, which is what Envoy makes of a length left out, is every address
 *     of its version
 */
public record IpBlock(InetAddress address, int prefixLength) {
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
