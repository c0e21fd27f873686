package dev.writ.compiler.envoy.config;

/**
 * The texts of an artifact's files, YAML or JSON.
 *
 * @param bootstrap {@code envoy.yaml}
 * @param identity {@code sds/identity.yaml}
 * @param trust {@code sds/trust.yaml}
 */
public record EnvoyFiles(String bootstrap, String identity, String trust) {}
