package dev.writ.compiler.envoy.config;

/**
 * A part that Envoy takes and Writ does not model: an {@link Unmodelled} where it stands.
 *
 * @param place in the config: {@code listeners[0].filter_chains[0]}
 */
public record OpenPlace(String place, String reason) {}
