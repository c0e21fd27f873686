package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.spiffe.SpiffeId;
import dev.writ.compiler.syntax.Resource.MeshIdentityResource;
import dev.writ.grammar.WritGrammar.EntryContext;
import dev.writ.grammar.WritGrammar.IdEntryContext;
import dev.writ.grammar.WritGrammar.IdentityDeclarationContext;
import dev.writ.grammar.WritGrammar.IssueEntryContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Writ's {@code identity}: whom it is for, the template of their SPIFFE IDs, and who issues. */
final class IdentityDeclaration {
    private static final String NAMESPACE = "k8s.kuma.io/namespace";

    private final WritWords words;
    private final BlockReader blocks;
    private final ProviderEntries providers;
    private final SelectionReader selections;
    private final DiagnosticSink sink;
    private @Nullable SourceText id;
    private @Nullable ProviderSyntax provider;

    IdentityDeclaration(WritWords words, BlockReader blocks, DiagnosticSink sink) {
        this.words = words;
        this.blocks = blocks;
        this.providers = new ProviderEntries(words, blocks, sink);
        this.selections = new SelectionReader(words, sink);
        this.sink = sink;
    }

    @Nullable
    Resource read(IdentityDeclarationContext identity) {
        Located<String> name = words.located(identity.name());
        Map<String, SourceText> labels = identity.selection() == null
                ? Map.of()
                : selections.read(identity.selection()).map(this::labels).orElse(Map.of());
        blocks.read(identity.block(), List.of("id", "issue"), List.of(), this::read);
        SourceText whole = id;
        if (whole == null) {
            if (!blocks.isWhole(identity.block())) {
                return null;
            }
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    name.span(),
                    "an identity without its `id`",
                    "Kuma's usual: `id \"spiffe://{{ .Mesh }}.{{ .Zone }}.mesh.local/ns/{{ .Namespace }}/sa/{{"
                            + " .ServiceAccount }}\"`");
            return null;
        }
        int slash = endOfTrustDomain(whole);
        return slash < 0
                ? null
                : new MeshIdentityResource(
                        WritDeclarations.metadata(name),
                        name.span(),
                        labels,
                        template(whole.slice(SpiffeId.SCHEME.length(), slash)),
                        template(whole.slice(slash, whole.value().length())),
                        provider);
    }

    private boolean read(EntryContext entry) {
        return switch (entry) {
            case IdEntryContext template -> {
                id = words.string(template.STRING().getSymbol());
                yield true;
            }
            case IssueEntryContext issue -> {
                provider = providers.read(issue);
                yield true;
            }
            default -> false;
        };
    }

    /** Kuma selects by the labels of a dataplane, its namespace among them. */
    private Map<String, SourceText> labels(SelectionSyntax selection) {
        if (selection.workload() != null
                || !selection.meshes().isEmpty()
                || !selection.zones().isEmpty()) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    selection.span(),
                    "an identity selects workloads by namespace and labels alone",
                    "its mesh and zones are those of the file's `mesh` line");
        }
        Map<String, SourceText> labels = new LinkedHashMap<>(selection.labels());
        if (selection.namespace() != null) {
            labels.put(NAMESPACE, selection.namespace());
        }
        return labels;
    }

    // A slash in an action is none of the ID's.
    private int endOfTrustDomain(SourceText template) {
        String value = template.value();
        if (!value.startsWith(SpiffeId.SCHEME)) {
            sink.add(
                    DiagnosticId.SPIFFE_ID_INVALID,
                    template.span(0, Math.min(value.length(), SpiffeId.SCHEME.length())),
                    "a SPIFFE ID starts with `spiffe://`");
            return -1;
        }
        for (int at = SpiffeId.SCHEME.length(); at < value.length(); at++) {
            int close = value.startsWith("{{", at) ? value.indexOf("}}", at) : -1;
            at = close < 0 ? at : close + 1;
            if (value.charAt(at) == '/') {
                return at;
            }
        }
        sink.add(
                DiagnosticId.SPIFFE_ID_INVALID,
                template.span(),
                "a template without a path, so that all workloads have one SPIFFE ID",
                "for example `/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}` behind the trust domain");
        return -1;
    }

    /** Its mistakes reported: whoever has to evaluate it parses it again. */
    private SourceText template(SourceText text) {
        SpiffeTemplateParser.parse(text, sink);
        return text;
    }
}
