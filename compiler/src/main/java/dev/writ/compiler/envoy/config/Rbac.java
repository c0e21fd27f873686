package dev.writ.compiler.envoy.config;

/**
 * An RBAC filter.
 *
 * @param shadow evaluated beside, never enforced
 */
public record Rbac(RbacRules enforced, RbacRules shadow) {}
