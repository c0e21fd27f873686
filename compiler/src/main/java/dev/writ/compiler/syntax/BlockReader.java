package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.grammar.WritGrammar.BlockContext;
import dev.writ.grammar.WritGrammar.EntryContext;
import dev.writ.grammar.WritLexer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Goes through the entries of a block, and refuses those that have no place in it or stand there a second time. */
final class BlockReader {
    private final WritWords words;
    private final WritMistakes mistakes;
    private final DiagnosticSink sink;

    BlockReader(WritWords words, WritMistakes mistakes, DiagnosticSink sink) {
        this.words = words;
        this.mistakes = mistakes;
        this.sink = sink;
    }

    /**
     * @param named what the block has, for messages
     * @param repeated those of them that may stand there several times
     * @param reader says no to an entry that the block does not have
     */
    void read(@Nullable BlockContext block, List<String> named, List<String> repeated, Predicate<EntryContext> reader) {
        Map<String, Token> seen = new HashMap<>();
        if (block == null) {
            return;
        }
        for (EntryContext entry : block.entry()) {
            if (!mistakes.isIn(entry)) {
                read(entry, named, repeated, reader, seen);
            }
        }
        mistakes.straysIn(block).forEach(stray -> expected(stray, named));
    }

    /** Whether all that stands in the block is an entry that could be read: only then something may be called missing. */
    boolean isWhole(@Nullable BlockContext block) {
        return block == null
                || mistakes.straysIn(block).isEmpty() && block.entry().stream().noneMatch(mistakes::isIn);
    }

    private void read(
            EntryContext entry,
            List<String> named,
            List<String> repeated,
            Predicate<EntryContext> reader,
            Map<String, Token> seen) {
        Token start = entry.getStart();
        String word = start.getText();
        if (seen.putIfAbsent(word, start) != null && named.contains(word) && !repeated.contains(word)) {
            sink.add(DiagnosticId.WRIT_SYNTAX, words.span(start), "`" + word + "` a second time in one block");
        } else if (!reader.test(entry)) {
            expected(start, named);
        }
    }

    private void expected(Token found, List<String> named) {
        String word = WritMistakes.shown(found);
        sink.add(
                DiagnosticId.WRIT_SYNTAX,
                words.span(found),
                found.getType() == WritLexer.UNCLOSED_STRING
                        ? "a text that no `\"` closes on its line"
                        : mistakes.isBehind(found) && !NearName.of(word, named).isPresent()
                                ? "expected the end of the line, found `" + word + "`"
                                : "expected "
                                        + named.stream()
                                                .map(name -> "`" + name + "`")
                                                .collect(Collectors.joining(", ")) + ", found `" + word + "`",
                NearName.help(word, named).orElse(null));
    }
}
