package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.grammar.WritGrammar.EqualityContext;
import dev.writ.grammar.WritGrammar.ScopeContext;
import dev.writ.grammar.WritGrammar.SelectionContext;
import dev.writ.grammar.WritGrammar.WorkloadSelectionContext;
import dev.writ.grammar.WritGrammar.WorkloadsSelectionContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which workloads a Writ phrase selects; what is said twice, and would select nothing or be forgotten, is refused. */
final class SelectionReader {
    private final WritWords words;
    private final DiagnosticSink sink;

    SelectionReader(WritWords words, DiagnosticSink sink) {
        this.words = words;
        this.sink = sink;
    }

    /** Nothing, with a finding, where it cannot be meant. */
    Optional<SelectionSyntax> read(SelectionContext selection) {
        return switch (selection) {
            case WorkloadsSelectionContext all -> read(null, all.scope(), all.equality(), words.span(all));
            case WorkloadSelectionContext one ->
                read(words.located(one.name()), one.scope(), List.of(), words.span(one));
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + selection);
        };
    }

    private Optional<SelectionSyntax> read(
            @Nullable Located<String> workload,
            List<ScopeContext> scopes,
            List<EqualityContext> equalities,
            SourceSpan span) {
        boolean isFine = true;
        SourceText namespace = null;
        List<Located<String>> meshes = new ArrayList<>();
        List<Located<String>> zones = new ArrayList<>();
        for (ScopeContext scope : scopes) {
            if (scope.NAMESPACE() != null) {
                if (namespace != null || scope.name().size() > 1 || workload != null) {
                    sink.add(
                            DiagnosticId.WRIT_SYNTAX,
                            words.span(scope),
                            workload != null
                                    ? "a workload's name holds its namespace"
                                    : "a workload is in one namespace",
                            workload != null
                                    ? "write `workload namespace/name`"
                                    : "write a rule or permission for each");
                    isFine = false;
                }
                namespace = words.name(scope.name().getFirst());
            } else {
                List<Located<String>> into = scope.MESH() != null ? meshes : zones;
                if (!into.isEmpty()) {
                    sink.add(
                            DiagnosticId.WRIT_SYNTAX,
                            words.span(scope),
                            "`in " + (scope.MESH() != null ? "mesh" : "zone") + "` a second time",
                            "name all of them after one `in`, with commas between them");
                    isFine = false;
                }
                scope.name().forEach(name -> into.add(words.located(name)));
            }
        }
        Map<String, SourceText> labels = new LinkedHashMap<>();
        for (EqualityContext equality : equalities) {
            isFine &= add(equality, labels);
        }
        return isFine
                ? Optional.of(new SelectionSyntax(workload, namespace, labels, meshes, zones, span))
                : Optional.empty();
    }

    private boolean add(EqualityContext equality, Map<String, SourceText> labels) {
        Located<String> key = words.located(equality.name(0));
        SourceText before = labels.putIfAbsent(key.value(), words.name(equality.name(1)));
        if (before != null) {
            sink.add(Diagnostic.of(
                            DiagnosticId.WRIT_SYNTAX,
                            key.span(),
                            "the label `" + key.value() + "` a second time, and it has one value")
                    .withRelated(before.span(), "the first one"));
        }
        return before == null;
    }
}
