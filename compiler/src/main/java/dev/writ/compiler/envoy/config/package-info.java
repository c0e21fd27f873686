/** Envoy config as typed records, read back from what Envoy reads: it shares nothing with the emitter. */
@NullMarked
package dev.writ.compiler.envoy.config;

import org.jspecify.annotations.NullMarked;
