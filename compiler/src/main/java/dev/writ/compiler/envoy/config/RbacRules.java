package dev.writ.compiler.envoy.config;

/** One of the two decisions of an RBAC filter. */
public sealed interface RbacRules permits RbacRules.Absent, RbacRules.ByMatcher, Unmodelled {

    /** Nothing is configured: enforced, Envoy lets everybody pass. */
    record Absent() implements RbacRules {}

    /** Where the matcher finds no action, Envoy denies. */
    record ByMatcher(Matcher matcher) implements RbacRules {}
}
