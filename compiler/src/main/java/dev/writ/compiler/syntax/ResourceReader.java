package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads YAML and JSON files of Kubernetes objects into resources: several documents in a file, lists as {@code kubectl
 * get -o yaml} prints them. The {@code spec} of Kuma's kinds is strict; of the others only what Writ needs is checked.
 */
public final class ResourceReader {
    /** How a Writ text begins, which comes from standard input without a name. */
    private static final Pattern DECLARATION =
            Pattern.compile("(\\s|#[^\\r\\n]*)*+(include|mesh|identity|trust|workload|group|permission)[ \\t]+[^:\\s]");

    private final Function<SourceSpan, String> controlPlane;

    /** One whose resources are all applied to one control plane. */
    public ResourceReader() {
        this(resource -> "");
    }

    /** @param controlPlane names the control plane that the resource at a place is applied to: each may have its own of one name */
    public ResourceReader(Function<SourceSpan, String> controlPlane) {
        this.controlPlane = controlPlane;
    }

    /** The resources of one file; see {@link #read(List, DiagnosticSink)}. */
    public List<Resource> read(SourceFile file, DiagnosticSink sink) {
        return read(List.of(file), sink);
    }

    /** The resources of a text that stands in a file of another kind, such as a feature's doc string. */
    public List<Resource> read(SourceText text, DiagnosticSink sink) {
        DocumentReader documents = new DocumentReader(sink);
        new YamlReader().read(text, sink).forEach(node -> documents.read(node, true));
        return List.copyOf(documents.resources());
    }

    /** What a text in Writ declares that stands in a file of another kind: it includes no others. */
    public List<Resource> readWrit(SourceText text, DiagnosticSink sink) {
        WritFile file = WritParser.parse(text, sink);
        file.includes()
                .forEach(include -> sink.add(
                        DiagnosticId.WRIT_SYNTAX,
                        include.span(),
                        "an `include` outside a `.writ` file",
                        "name the file as a source of its own"));
        return WritScope.resources(file);
    }

    /**
     * The resources of all files of a run, in their order. What concerns the run as a whole is reported here: resources
     * that are declared twice, and one note that names the kinds that were passed over.
     */
    public List<Resource> read(List<SourceFile> files, DiagnosticSink sink) {
        DocumentReader documents = new DocumentReader(sink);
        for (SourceFile file : files) {
            read(file, documents, sink);
        }
        if (!documents.ignored().isEmpty()) {
            sink.add(
                    DiagnosticId.SOURCE_IGNORED,
                    null,
                    "kinds that do not decide who may call whom were passed over: "
                            + String.join(", ", documents.ignored()));
        }
        DuplicateResources.refuse(documents.resources(), controlPlane, sink);
        return List.copyOf(documents.resources());
    }

    /** Refuses what is declared twice among the resources of several readings. */
    public void refuseDuplicates(List<Resource> resources, DiagnosticSink sink) {
        DuplicateResources.refuse(resources, controlPlane, sink);
    }

    private static void read(SourceFile file, DocumentReader documents, DiagnosticSink sink) {
        if (isWrit(file)) {
            WritScope.resources(WritParser.parse(file, sink)).forEach(documents::add);
            return;
        }
        HiddenCharacters.refuseTurning(SourceText.whole(file), sink);
        DiagnosticSink found = new DiagnosticSink();
        List<YamlNode> nodes = new YamlReader().read(SourceText.whole(file), found);
        Optional<Diagnostic> unrendered = unrendered(found);
        if (unrendered.isPresent()) {
            // The templates of a chart are no YAML: whatever else was found follows from that.
            sink.add(unrendered.get());
            return;
        }
        found.sorted().forEach(sink::add);
        nodes.forEach(node -> documents.read(node, file.named()));
    }

    private static boolean isWrit(SourceFile file) {
        return file.name().endsWith(".writ")
                || file.name().equals("<stdin>")
                        && DECLARATION.matcher(file.text()).lookingAt();
    }

    private static Optional<Diagnostic> unrendered(DiagnosticSink found) {
        return found.sorted().stream()
                .filter(diagnostic -> diagnostic.id() == DiagnosticId.SOURCE_UNRENDERED)
                .findFirst();
    }
}
