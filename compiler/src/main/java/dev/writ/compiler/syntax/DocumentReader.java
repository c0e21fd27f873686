package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the documents of a run: finds out what each is, and hands it to the reader of its kind. */
final class DocumentReader {
    private final DiagnosticSink sink;
    private final List<Resource> resources = new ArrayList<>();
    private final Set<String> ignored = new TreeSet<>();

    DocumentReader(DiagnosticSink sink) {
        this.sink = sink;
    }

    /** One that was read by other means. */
    void add(Resource resource) {
        resources.add(resource);
    }

    List<Resource> resources() {
        return resources;
    }

    /** The kinds that were passed over, by name. */
    Set<String> ignored() {
        return Collections.unmodifiableSet(ignored);
    }

    /** @param named whether its file was named, so that it should hold nothing but resources */
    void read(YamlNode document, boolean named) {
        switch (document) {
            case Mapping mapping -> read(mapping, named);
            case Sequence list -> {
                // What `jq '.items'` leaves of a list.
                if (!list.items().isEmpty() && list.items().stream().allMatch(DocumentReader::saysWhatItIs)) {
                    list.items().forEach(item -> read(item, named));
                } else {
                    noKind(list, named);
                }
            }
            case Scalar scalar -> noKind(scalar, named);
        }
    }

    private void read(Mapping mapping, boolean named) {
        Fields fields = Fields.of(mapping, FieldPath.ROOT, sink);
        if (fields.any("kind") != null) {
            Located<String> kind = fields.name("kind");
            if (kind != null) {
                read(mapping, kind, fields.name("apiVersion"), named);
            }
        } else if (UniversalForm.isIn(fields)) {
            readUniversal(mapping, fields.requiredName("type"));
        } else if (isList(fields)) {
            fields.mappings("items").forEach(item -> read(item.mapping(), named));
        } else {
            noKind(mapping, named);
        }
    }

    private static boolean saysWhatItIs(YamlNode item) {
        return item instanceof Mapping mapping
                && mapping.entries().stream()
                        .anyMatch(entry -> entry.key().value().equals("kind")
                                || entry.key().value().equals("type"));
    }

    /** What Kuma's API answers: {@code {"items": […], "total": …}}. */
    private static boolean isList(Fields fields) {
        return fields.any("items") instanceof Sequence items
                && (fields.any("total") != null || !items.items().isEmpty())
                && items.items().stream().allMatch(DocumentReader::saysWhatItIs);
    }

    private void readUniversal(Mapping mapping, Located<String> type) {
        Fields fields = Fields.document(mapping, type.span(), sink);
        switch (UniversalForm.treatment(type, sink)) {
            case MODELLED ->
                readModelled(fields, type, UniversalForm.readMetadata(fields), UniversalForm.isFlat(type.value()));
            case UNMODELLED -> readUnmodelled(type, UniversalForm.readMetadata(fields));
            case IGNORED -> ignored.add(type.value());
        }
    }

    private void read(Mapping mapping, Located<String> kind, @Nullable Located<String> apiVersion, boolean named) {
        Fields fields = Fields.document(mapping, kind.span(), sink);
        if (kind.value().endsWith("List") && fields.any("items") != null) {
            readItems(fields, kind, apiVersion, named);
            return;
        }
        if (apiVersion == null) {
            if (fields.any("apiVersion") == null && (Kinds.isModelled(kind.value()) || Kinds.isKuma(kind.value()))) {
                fields.require("apiVersion");
            } else {
                ignored.add(kind.value());
            }
            return;
        }
        if (ApiVersions.fits(kind, apiVersion, sink)) {
            read(fields, kind, ApiVersions.group(apiVersion.value()));
        }
    }

    private void read(Fields fields, Located<String> kind, String group) {
        Kinds.Treatment treatment = Kinds.treatment(group, kind.value());
        if (treatment != Kinds.Treatment.MODELLED) {
            sink.offer(kind.span(), Kinds.modelled(group));
        }
        switch (treatment) {
            case MODELLED -> readModelled(fields, kind, MetadataReader.read(fields), false);
            case UNMODELLED -> readUnmodelled(kind, MetadataReader.read(fields));
            case IGNORED -> ignored.add(Kinds.isModelled(kind.value()) ? kind.value() + " of " + group : kind.value());
        }
    }

    private void readModelled(Fields fields, Located<String> kind, @Nullable Metadata metadata, boolean isFlat) {
        if (metadata != null && refuseUnrendered(metadata)) {
            return;
        }
        // Without a name there is no resource, yet all that is wrong with it is said at once.
        Metadata known = metadata == null ? MetadataReader.nameless(kind) : metadata;
        Resource resource = KindReaders.read(new Document(kind, known, fields, isFlat));
        if (metadata != null && resource != null) {
            resources.add(resource);
        }
        fields.pass("apiVersion", "kind", "metadata", "spec", "status", "mesh");
        fields.refuseMisspelt();
    }

    private void readUnmodelled(Located<String> kind, @Nullable Metadata metadata) {
        String reason = UnmodelledKinds.reason(kind.value()).orElse("this version of Writ does not know it");
        sink.add(
                DiagnosticId.SOURCE_UNSUPPORTED,
                kind.span(),
                "`" + kind.value() + "` is not modelled: " + reason,
                "the verdicts it may change are unknown");
        if (metadata != null && !refuseUnrendered(metadata)) {
            resources.add(new Resource.UnmodelledResource(kind.value(), metadata, kind.span()));
        }
    }

    /** What {@code kubectl get -o yaml} prints; the items of a typed list may leave their own kind out. */
    private void readItems(Fields list, Located<String> kind, @Nullable Located<String> apiVersion, boolean named) {
        String ofItems = kind.value().substring(0, kind.value().length() - "List".length());
        for (Fields item : list.mappings("items")) {
            Located<String> itemKind = item.name("kind");
            if (itemKind != null) {
                read(item.mapping(), itemKind, item.name("apiVersion"), named);
            } else if (ofItems.isEmpty() || item.any("kind") != null) {
                noKind(item.mapping(), named);
            } else {
                read(item.mapping(), new Located<>(ofItems, item.span()), apiVersion, named);
            }
        }
    }

    private boolean refuseUnrendered(Metadata metadata) {
        List<Located<String>> texts = new ArrayList<>(List.of(metadata.name()));
        Optional.ofNullable(metadata.namespace()).ifPresent(texts::add);
        metadata.labels().values().forEach(label -> texts.add(new Located<>(label.value(), label.span())));
        for (Located<String> text : texts) {
            if (HelmTemplate.find(text.value(), 0, text.value().length()) >= 0) {
                sink.add(HelmTemplate.diagnostic(text.span()));
                return true;
            }
            if (ForeignTemplate.find(text.value(), 0, text.value().length()) >= 0) {
                sink.add(ForeignTemplate.diagnostic(text.span()));
                return true;
            }
        }
        return false;
    }

    private void noKind(YamlNode document, boolean named) {
        String message = document instanceof Mapping ? "a document without `kind`" : "a document that is no resource";
        var span = document instanceof Mapping mapping && !mapping.entries().isEmpty()
                ? mapping.entries().getFirst().key().span()
                : document.span();
        Diagnostic diagnostic = Diagnostic.of(
                DiagnosticId.SOURCE_NO_KIND,
                span,
                message,
                "a resource has `apiVersion` and `kind`, or `type` in Kuma's universal form");
        sink.add(named ? diagnostic : diagnostic.withSeverity(Severity.NOTE));
    }
}
