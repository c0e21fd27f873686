package dev.writ.compiler.model;

import dev.writ.compiler.syntax.MtlsSyntax;
import java.time.Duration;

/**
 * A mesh whose own CA backend issues SVIDs to every dataplane (Kuma up to 2.14).
 *
 * @param permissive whether the backend's mode lets plaintext in, where no MeshTLS says otherwise
 * @param expiry of the SVIDs
 */
public record BuiltinMtls(MtlsSyntax.Backend backend, boolean permissive, Duration expiry) {}
