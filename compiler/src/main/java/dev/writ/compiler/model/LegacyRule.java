package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a legacy permission's {@code from}: what the callers with all these tags in their certificates may do.
 *
 * @param tags empty: every caller; {@code kuma.io/service} for a MeshService
 * @param action null where the entry sets none, so that what lies under it shows through
 */
public record LegacyRule(SortedMap<String, String> tags, Permission.@Nullable Action action, SourceSpan span) {
    public LegacyRule {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
}
