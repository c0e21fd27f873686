package dev.writ.compiler.envoy.config;

/** Where a match leads. */
public sealed interface OnMatch permits OnMatch.Nested, OnMatch.Act, OnMatch.Take, Unmodelled {

    record Nested(Matcher matcher) implements OnMatch {}

    /** {@code envoy.config.rbac.v3.Action}. */
    record Act(String name, Effect effect) implements OnMatch {}

    /** The name of the filter chain that takes the connection. */
    record Take(String chain) implements OnMatch {}

    enum Effect {
        ALLOW,
        DENY,
        /** Allows, and marks the call for the access log. */
        LOG
    }
}
