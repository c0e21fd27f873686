package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.FromSyntax;
import dev.writ.compiler.syntax.TargetRef;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    /** The entries, in their order. */
    static List<LegacyRule> of(List<FromSyntax> entries) {
        return entries.stream()
                .map(entry -> new LegacyRule(tags(entry.callers()), action(entry), entry.span()))
                .toList();
    }

    private static SortedMap<String, String> tags(TargetRef callers) {
        SortedMap<String, String> tags = new TreeMap<>();
        switch (callers) {
            case TargetRef.WholeMesh mesh -> {}
            case TargetRef.Subset subset -> add(tags, subset.tags());
            case TargetRef.Service service -> {
                add(tags, service.tags());
                tags.put(KumaLabels.SERVICE, service.name().value());
            }
            case TargetRef.Dataplanes dataplanes -> throw new IllegalArgumentException("callers are told by tags");
            case TargetRef.OneWorkload workload -> throw new IllegalArgumentException("callers are told by tags");
            case TargetRef.Selected selected -> throw new IllegalArgumentException("callers are told by tags");
        }
        return tags;
    }

    private static void add(SortedMap<String, String> tags, Map<String, SourceText> texts) {
        texts.forEach((key, text) -> tags.put(key, text.value()));
    }

    private static Permission.@Nullable Action action(FromSyntax entry) {
        String word = entry.action() == null ? "" : entry.action().value();
        return switch (word) {
            case "Allow" -> Permission.Action.ALLOW;
            case "Deny" -> Permission.Action.DENY;
            case "AllowWithShadowDeny" -> Permission.Action.SHADOW_DENY;
            default -> null;
        };
    }
}
