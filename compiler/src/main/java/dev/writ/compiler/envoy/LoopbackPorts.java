package dev.writ.compiler.envoy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ports of a workload's folder on 127.0.0.1. Envoy listens on the inbound's port on all addresses, and Linux lets nobody
 * else have that port on loopback then; so the application listens on the port {@value #DISTANCE} higher (the next free one, if
 * that is taken or over 65,535).
 *
 * @param applications by the inbound's port
 * @param admin of Envoy's admin interface
 */
record LoopbackPorts(SortedMap<Integer, Integer> applications, int admin) {
    static final int DISTANCE = 10_000;
    static final int ADMIN = 9901;
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_535;

    static LoopbackPorts of(Collection<Integer> inbounds) {
        SortedSet<Integer> sorted = new TreeSet<>(inbounds);
        Set<Integer> taken = new HashSet<>(sorted);
        int admin = free(ADMIN, taken);
        SortedMap<Integer, Integer> application = new TreeMap<>();
        sorted.forEach(port -> application.put(port, free(port + DISTANCE, taken)));
        return new LoopbackPorts(application, admin);
    }

    /** Where the application listens that is called on this port. */
    int application(int inbound) {
        return Objects.requireNonNull(applications.get(inbound));
    }

    private static int free(int wanted, Set<Integer> taken) {
        int port = wanted > HIGHEST ? LOWEST : wanted;
        while (!taken.add(port)) {
            port = port == HIGHEST ? LOWEST : port + 1;
        }
        return port;
    }
}
