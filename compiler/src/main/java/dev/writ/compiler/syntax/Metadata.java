package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a Kubernetes object, as far as Writ reads it. Labels and annotations keep the order of the file.
 *
 * @param namespace null where the manifest leaves it to the cluster
 */
public record Metadata(
        Located<String> name,
        @Nullable Located<String> namespace,
        Map<String, SourceText> labels,
        Map<String, SourceText> annotations,
        List<Owner> owners,
        @Nullable String uid) {

    /** An entry of {@code ownerReferences}. */
    public record Owner(String kind, String name, @Nullable String uid) {}

    public Metadata {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        owners = List.copyOf(owners);
    }

    public @Nullable String label(String key) {
        SourceText text = labels.get(key);
        return text == null ? null : text.value();
    }

    public @Nullable String annotation(String key) {
        SourceText text = annotations.get(key);
        return text == null ? null : text.value();
    }

    /** The place of a label, or of the name where there is no such label. */
    public SourceSpan labelSpan(String key) {
        SourceText text = labels.get(key);
        return text == null ? name.span() : text.span();
    }
}
