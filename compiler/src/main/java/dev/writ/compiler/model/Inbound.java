package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * A port on which a workload is called.
 *
 * @param name the port's name, which a policy's {@code sectionName} may use; null if it has none
 * @param state whether the control plane would publish it
 */
public record Inbound(@Nullable String name, int port, Protocol protocol, State state, SourceSpan span) {

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
