package dev.writ.compiler.envoy.config;

import dev.writ.compiler.source.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * Why Envoy would not load a config.
 *
 * @param place in the config: {@code listeners[0].filter_chains[0]}
 * @param help what was probably meant; null if nobody knows
 * @param span where it stands in its text; null for a config that was no text
 */
public record Refusal(
        String place,
        String reason,
        @Nullable String help,
        @Nullable SourceSpan span) {}
