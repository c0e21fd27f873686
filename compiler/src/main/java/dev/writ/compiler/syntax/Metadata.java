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
 * The metadata of a resource, as far as Writ reads it. Labels and annotations keep the order of the file.
 *
 * @param form how the resource is written; Kubernetes objects have the first
 * @param namespace null where the manifest leaves it to the cluster, and for a resource in the universal form
 * @param mesh what stands in the field {@code mesh}: of every resource in the universal form but {@code Mesh}, and of a
 *     {@code Dataplane} in either; null elsewhere, where a label says it
 */
public record Metadata(
        Located<String> name,
        @Nullable Located<String> namespace,
        @Nullable Located<String> mesh,
        Form form,
        Map<String, SourceText> labels,
        Map<String, SourceText> annotations,
        List<Owner> owners,
        @Nullable String uid) {

    /** Kuma's two ways to write a resource, and Writ's. */
    public enum Form {
        /** {@code apiVersion}, {@code kind}, {@code metadata}, {@code spec}. */
        KUBERNETES,
        /** {@code type}, {@code mesh}, {@code name}, {@code labels}, and the specification beside them or under {@code spec}. */
        UNIVERSAL,
        /** A declaration of a {@code .writ} file. */
        WRIT
    }

    /** An entry of {@code ownerReferences}. */
    public record Owner(String kind, String name, @Nullable String uid) {}

    public Metadata {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        owners = List.copyOf(owners);
    }

    /** That of a Kubernetes object. */
    public Metadata(
            Located<String> name,
            @Nullable Located<String> namespace,
            Map<String, SourceText> labels,
            Map<String, SourceText> annotations,
            List<Owner> owners,
            @Nullable String uid) {
        this(name, namespace, null, Form.KUBERNETES, labels, annotations, owners, uid);
    }

    /** Whether it is outside Kubernetes: in Writ, what is in no namespace. */
    public boolean isUniversal() {
        return form == Form.UNIVERSAL || form == Form.WRIT && namespace == null;
    }

    /** The zone that a {@code .writ} file puts it into; null where it is for any, and for resources of other files. */
    public @Nullable String declaredZone() {
        return form == Form.WRIT ? label("kuma.io/zone") : null;
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
