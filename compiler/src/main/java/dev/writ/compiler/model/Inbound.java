package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A port on which a workload is called.
 *
 * @param name the port's name, which a policy's {@code sectionName} may use; null if it has none
 * @param state whether the control plane would publish it
 * @param address of its listener; null where the sources do not say (a pod gets its address when it starts)
 * @param serviceAddress where the application listens; null: on the proxy's own address
 * @param servicePort of the application
 * @param tags of Kuma up to 2.14 ({@code kuma.io/service} among them); empty where there are none
 */
public record Inbound(
        @Nullable String name,
        int port,
        Protocol protocol,
        State state,
        @Nullable String address,
        @Nullable String serviceAddress,
        int servicePort,
        SortedMap<String, String> tags,
        SourceSpan span) {
    public Inbound {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** One of a pod: its address is not known, the application listens on the same port. */
    public Inbound(@Nullable String name, int port, Protocol protocol, State state, SourceSpan span) {
        this(name, port, protocol, state, null, null, port, new TreeMap<>(), span);
    }

    /** Kuma's inbound states; {@code IGNORED} inbounds are not published, yet TLS and policy apply to them. */
    public enum State {
        READY,
        NOT_READY,
        IGNORED
    }

    /** Whether a policy's {@code sectionName} means this inbound: by name, or by port, but only where it has no name. */
    public boolean isSection(String sectionName) {
        return sectionName.equals(name == null ? Integer.toString(port) : name);
    }
}
