package dev.writ.compiler.envoy.config;

import java.util.BitSet;

/** Some of all ports. */
public final class PortSet {
    /** No port at all. */
    public static final PortSet NONE = new PortSet(new BitSet());

    private static final int ALL = 1 << 16;

    private final BitSet ports;

    private PortSet(BitSet ports) {
        this.ports = ports;
    }

    /** @param end is not part of it */
    static PortSet range(int start, int end) {
        BitSet ports = new BitSet(ALL);
        ports.set(Math.clamp(start, 0, ALL), Math.clamp(end, Math.clamp(start, 0, ALL), ALL));
        return new PortSet(ports);
    }

    static PortSet all() {
        return range(0, ALL);
    }

    PortSet or(PortSet other) {
        BitSet either = (BitSet) ports.clone();
        either.or(other.ports);
        return new PortSet(either);
    }

    PortSet not() {
        BitSet others = (BitSet) ports.clone();
        others.flip(0, ALL);
        return new PortSet(others);
    }

    public boolean contains(int port) {
        return ports.get(port);
    }

    public boolean isEmpty() {
        return ports.isEmpty();
    }

    public boolean isAll() {
        return ports.cardinality() == ALL;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortSet set && set.ports.equals(ports);
    }

    @Override
    public int hashCode() {
        return ports.hashCode();
    }
}
