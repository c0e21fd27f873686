package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.grammar.WritLexer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** What the {@code include} lines at the top of {@code .writ} files name, and whether they come back to where they started. */
final class Includes {
    /** One file naming another. */
    private record Edge(Path to, SourceSpan span) {}

    private final Map<Path, List<Edge>> byFile = new HashMap<>();

    /** The texts of a file's include lines: what is wrong with the lines themselves is the parser's to say. */
    static List<SourceText> of(SourceFile file) {
        AntlrText text = new AntlrText(SourceText.whole(file));
        WritWords words = new WritWords(text, new DiagnosticSink());
        WritLexer lexer = new WritLexer(text.stream());
        lexer.removeErrorListeners();
        List<SourceText> includes = new ArrayList<>();
        boolean isInclude = false;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            switch (token.getType()) {
                case WritLexer.NEWLINE, WritLexer.COMMENT -> {}
                case WritLexer.INCLUDE -> isInclude = true;
                case WritLexer.STRING -> {
                    if (!isInclude) {
                        return includes;
                    }
                    includes.add(words.string(token));
                    isInclude = false;
                }
                default -> {
                    return includes;
                }
            }
        }
        return includes;
    }

    void add(Path from, Path to, SourceSpan span) {
        byFile.computeIfAbsent(from, none -> new ArrayList<>()).add(new Edge(to, span));
    }

    /** Reports each include that leads back to a file on the way to it. */
    void refuseCycles(DiagnosticSink sink) {
        Set<Path> finished = new HashSet<>();
        byFile.keySet().stream().sorted().forEach(file -> walk(file, finished, sink));
    }

    // Not by recursion: a chain of includes may be as long as there are files.
    private void walk(Path start, Set<Path> finished, DiagnosticSink sink) {
        List<Path> way = new ArrayList<>(List.of(start));
        List<Integer> next = new ArrayList<>(List.of(0));
        Set<Path> onWay = new HashSet<>(way);
        while (!way.isEmpty()) {
            Path at = way.getLast();
            List<Edge> edges = byFile.getOrDefault(at, List.of());
            int index = next.removeLast();
            if (index == edges.size() || finished.contains(at)) {
                finished.add(at);
                onWay.remove(way.removeLast());
                continue;
            }
            next.add(index + 1);
            Edge edge = edges.get(index);
            if (onWay.contains(edge.to())) {
                sink.add(cycle(edge, way));
            } else if (!finished.contains(edge.to())) {
                way.add(edge.to());
                next.add(0);
                onWay.add(edge.to());
            }
        }
    }

    private Diagnostic cycle(Edge closing, List<Path> way) {
        int from = way.indexOf(closing.to());
        List<String> names = new ArrayList<>();
        way.subList(from, way.size()).forEach(path -> names.add("`" + path.getFileName() + "`"));
        names.add("`" + closing.to().getFileName() + "`");
        List<String> shown = names.size() <= 6 ? names : List.of(names.getFirst(), names.get(1), "…", names.getLast());
        return Diagnostic.of(
                DiagnosticId.WRIT_INCLUDE,
                closing.span(),
                "files that include each other: " + String.join(" → ", shown),
                "every file of a run knows the others' groups: one of the includes can go");
    }
}
