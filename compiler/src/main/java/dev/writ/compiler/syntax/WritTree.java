package dev.writ.compiler.syntax;

import dev.writ.grammar.WritGrammar;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;

/** A parser of Writ that says what is wrong in Writ's words. */
final class WritTree {
    private WritTree() {}

    static WritGrammar parser(CommonTokenStream tokens, WritMistakes mistakes) {
        WritGrammar grammar = new WritGrammar(tokens);
        grammar.removeErrorListeners();
        grammar.setErrorHandler(new WritRecovery(mistakes));
        // The grammar needs no more: what may come next never depends on where a rule is called from.
        grammar.getInterpreter().setPredictionMode(PredictionMode.SLL);
        return grammar;
    }
}
