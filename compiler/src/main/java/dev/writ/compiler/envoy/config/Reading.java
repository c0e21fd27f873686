package dev.writ.compiler.envoy.config;

import java.util.List;

/** What came of reading a config. */
public sealed interface Reading {

    record Read(EnvoyConfig config) implements Reading {}

    /**
     * Envoy would not load it, or it is not what it should be.
     *
     * @param reasons each starts with the place in the config
     */
    record Refused(List<String> reasons) implements Reading {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /** The config of an artifact that Writ itself emitted: if that cannot be read, it is a bug of Writ. */
    default EnvoyConfig orElseThrow() {
        return switch (this) {
            case Read read -> read.config();
            case Refused refused ->
                throw new IllegalStateException("an emitted config was refused: " + refused.reasons());
        };
    }
}
