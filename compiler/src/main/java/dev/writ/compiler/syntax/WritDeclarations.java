package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.Resource.CallerGroupResource;
import dev.writ.compiler.syntax.Resource.PermissionResource;
import dev.writ.compiler.syntax.TargetRef.Selected;
import dev.writ.grammar.WritGrammar.BlockContext;
import dev.writ.grammar.WritGrammar.CallerEntryContext;
import dev.writ.grammar.WritGrammar.DeclarationContext;
import dev.writ.grammar.WritGrammar.GroupDeclarationContext;
import dev.writ.grammar.WritGrammar.IdentityDeclarationContext;
import dev.writ.grammar.WritGrammar.IncludeDeclarationContext;
import dev.writ.grammar.WritGrammar.MeshDeclarationContext;
import dev.writ.grammar.WritGrammar.PermissionDeclarationContext;
import dev.writ.grammar.WritGrammar.TrustDeclarationContext;
import dev.writ.grammar.WritGrammar.WorkloadDeclarationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Reads the declarations of a {@code .writ} file, in their order. */
final class WritDeclarations {
    private static final List<String> KEYWORDS =
            List.of("include", "mesh", "identity", "trust", "workload", "group", "permission");

    private static final List<String> CALLERS = List.of("spiffe://…", "prefix", "workloads", "workload", "anyone");

    private final WritWords words;
    private final WritMistakes mistakes;
    private final BlockReader blocks;
    private final DiagnosticSink sink;
    private final List<SourceText> includes = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private @Nullable Located<String> mesh;
    private List<Located<String>> zones = List.of();

    WritDeclarations(WritWords words, WritMistakes mistakes, DiagnosticSink sink) {
        this.words = words;
        this.mistakes = mistakes;
        this.blocks = new BlockReader(words, mistakes, sink);
        this.sink = sink;
    }

    /** That of a declaration, which the file's mesh and zones are yet to be added to. */
    static Metadata metadata(Located<String> name) {
        return new Metadata(name, null, null, Metadata.Form.WRIT, Map.of(), Map.of(), List.of(), null);
    }

    WritFile toFile() {
        return new WritFile(includes, mesh, zones, resources);
    }

    void add(DeclarationContext declaration) {
        if (mistakes.isIn(declaration)) {
            return;
        }
        switch (declaration) {
            case IncludeDeclarationContext include -> include(include);
            case MeshDeclarationContext of -> mesh(of);
            case IdentityDeclarationContext identity ->
                add(new IdentityDeclaration(words, blocks, sink).read(identity));
            case TrustDeclarationContext trust -> add(new TrustDeclaration(words, blocks, sink).read(trust));
            case WorkloadDeclarationContext workload ->
                add(new WorkloadDeclaration(words, blocks, sink).read(workload));
            case GroupDeclarationContext group -> add(group(group));
            case PermissionDeclarationContext permission -> add(permission(permission));
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + declaration);
        }
    }

    private void add(@Nullable Resource resource) {
        if (resource != null) {
            resources.add(resource);
        }
    }

    /** Reports what is no declaration. */
    void unknown(Token start) {
        String word = WritMistakes.shown(start);
        if (mistakes.isBehind(start)) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    words.span(start),
                    "expected the end of the line, found `" + word + "`",
                    NearName.help(word, List.of("zone")).orElse(null));
            return;
        }
        sink.add(
                DiagnosticId.WRIT_SYNTAX,
                words.span(start),
                "expected a declaration, found `" + word + "`",
                NearName.help(word, KEYWORDS).orElse("declarations start with " + ScalarChecks.list(KEYWORDS)));
    }

    private void include(IncludeDeclarationContext include) {
        if (mesh != null || !resources.isEmpty()) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    words.span(include),
                    "an `include` behind a declaration",
                    "includes stand at the top of the file");
        }
        includes.add(words.string(include.STRING().getSymbol()));
    }

    private void mesh(MeshDeclarationContext declared) {
        Located<String> name = words.located(declared.name(0));
        if (mesh != null) {
            sink.add(Diagnostic.of(
                            DiagnosticId.WRIT_SYNTAX,
                            words.span(declared),
                            "a second mesh in one file",
                            "a file is about one mesh; put the other's declarations into a file of their own")
                    .withRelated(mesh.span(), "the first one"));
        } else if (!resources.isEmpty()) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    words.span(declared),
                    "a `mesh` line behind a declaration",
                    "it stands at the top, for it says where all of the file belongs");
        }
        mesh = name;
        zones = declared.name().stream().skip(1).map(words::located).toList();
        zones.forEach(zone -> requireName(zone, "zone"));
        requireName(name, "mesh");
        if (zones.stream().map(Located::value).distinct().count() < zones.size()) {
            sink.add(DiagnosticId.WRIT_SYNTAX, words.span(declared), "a zone a second time in one `mesh` line");
        }
    }

    /** A name that an emitted config can take, and a step or a command line name without quotes. */
    private void requireWord(Located<String> name, String what) {
        if (!name.value().matches("[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?")) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    name.span(),
                    "`" + name.value() + "` is no name for a " + what,
                    "a name holds letters, digits, `-`, `_` and `.`; why there is a rule is said by `because \"…\"`");
        }
    }

    private void requireName(Located<String> name, String what) {
        if (!name.value().matches("[a-z0-9]([a-z0-9._-]*[a-z0-9])?")) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    name.span(),
                    "`" + name.value() + "` is no name for a " + what,
                    "a name holds lower case letters, digits, `-` and `.`, and starts and ends with a letter or digit");
        }
    }

    private Resource group(GroupDeclarationContext group) {
        Located<String> name = words.located(group.name());
        requireWord(name, "group");
        CallerReader reader = new CallerReader(words, sink);
        List<CallerMatch> callers = new ArrayList<>();
        blocks.read(
                group.block(),
                CALLERS,
                CALLERS,
                entry -> entry instanceof CallerEntryContext caller && caller(caller, reader, callers));
        if (group.block().entry().isEmpty() && blocks.isWhole(group.block())) {
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    name.span(),
                    "a group without callers",
                    "each line of its block names one: a SPIFFE ID, `workloads where …`");
        }
        return new CallerGroupResource(metadata(name), name.span(), callers);
    }

    private boolean caller(CallerEntryContext entry, CallerReader reader, List<CallerMatch> callers) {
        Optional<CallerMatch> caller = reader.read(entry.caller());
        if (caller.isPresent() && caller.get() instanceof MatchSyntax.GroupMatch inner) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    inner.span(),
                    "a group inside a group",
                    "name its callers here too, or both groups in the rule's permission");
        } else {
            caller.ifPresent(callers::add);
        }
        return true;
    }

    private Resource permission(PermissionDeclarationContext permission) {
        Located<String> name = words.located(permission.name());
        requireWord(name, "permission");
        RuleEntries rules = new RuleEntries(words, mistakes, sink);
        SourceText because = permission.because() == null
                ? null
                : rules.reason(permission.because().STRING().getSymbol());
        BlockContext block = permission.block();
        rules.add(block, block.entry(), because);
        boolean isWhole =
                mistakes.straysIn(block).isEmpty() && block.entry().stream().noneMatch(mistakes::isIn);
        if (rules.isEmpty() && isWhole) {
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    name.span(),
                    "a permission without rules",
                    "a rule is `allow <SPIFFE ID>`, for example");
        }
        SourceSpan body = words.span(permission.block());
        return new PermissionResource(
                metadata(name), name.span(), target(permission), List.of(rules.toRules(body)), List.of(), true);
    }

    private TargetRef target(PermissionDeclarationContext permission) {
        SelectionSyntax selection = new SelectionReader(words, sink)
                .read(permission.selection())
                .orElse(new SelectionSyntax(
                        null, null, Map.of(), List.of(), List.of(), words.span(permission.selection())));
        if (!selection.meshes().isEmpty() || !selection.zones().isEmpty()) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    selection.span(),
                    "a permission is for the mesh and zones of its file",
                    "they stand in the file's `mesh` line");
        }
        List<Located<Integer>> ports = new ArrayList<>();
        if (permission.ports() != null) {
            for (TerminalNode word : permission.ports().WORD()) {
                ports.add(WorkloadDeclaration.port(word.getSymbol(), words, sink));
            }
        }
        return new Selected(selection, ports);
    }
}
