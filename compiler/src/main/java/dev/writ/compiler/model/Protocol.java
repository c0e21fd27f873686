package dev.writ.compiler.model;

import java.util.Locale;

/** What an inbound speaks, as Kuma names it. An unknown name is TCP to Kuma. */
public enum Protocol {
    TCP,
    TLS,
    HTTP,
    HTTP2,
    GRPC,
    KAFKA,
    UNKNOWN;

    /** Whether Kuma puts an HTTP connection manager, and so HTTP RBAC, on the inbound. */
    public boolean isHttp() {
        return switch (this) {
            case HTTP, HTTP2, GRPC -> true;
            case TCP, TLS, KAFKA, UNKNOWN -> false;
        };
    }

    /** The protocol of a name, in any case. */
    public static Protocol of(String name) {
        for (Protocol protocol : values()) {
            if (protocol.name().equalsIgnoreCase(name)) {
                return protocol;
            }
        }
        return UNKNOWN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
