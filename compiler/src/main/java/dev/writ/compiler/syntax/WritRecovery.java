package dev.writ.compiler.syntax;

import dev.writ.grammar.WritGrammar.BlockContext;
import dev.writ.grammar.WritGrammar.FileContext;
import dev.writ.grammar.WritGrammar.RulesContext;
import dev.writ.grammar.WritLexer;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Recovery for Writ: the first thing wrong in an entry or declaration is explained, the rest of its line is skipped with the
 * blocks that open there, and the next line is read as if nothing had been.
 *
 * <p>Unlike ANTLR's own strategy it never invents or drops a token, so what is said is about what stands there.
 */
final class WritRecovery extends DefaultErrorStrategy {
    private final WritMistakes mistakes;

    WritRecovery(WritMistakes mistakes) {
        this.mistakes = mistakes;
    }

    @Override
    public void reportError(Parser recognizer, RecognitionException e) {
        if (!inErrorRecoveryMode(recognizer)) {
            beginErrorCondition(recognizer);
            mistakes.explain(recognizer, e.getOffendingToken(), recognizer.getExpectedTokens());
        }
    }

    @Override
    public void recover(Parser recognizer, RecognitionException e) {
        skipLine(recognizer);
    }

    private static void skipLine(Parser recognizer) {
        int depth = 0;
        while (true) {
            int type = recognizer.getCurrentToken().getType();
            boolean isEnd = type == WritLexer.NEWLINE || type == WritLexer.RIGHT_BRACE;
            if (type == Token.EOF || depth == 0 && isEnd) {
                return;
            }
            depth += type == WritLexer.LEFT_BRACE ? 1 : type == WritLexer.RIGHT_BRACE ? -1 : 0;
            recognizer.consume();
        }
    }

    @Override
    public Token recoverInline(Parser recognizer) {
        throw new InputMismatchException(recognizer);
    }

    /** Where an entry or declaration could start and none does, the line is skipped. */
    @Override
    public void sync(Parser recognizer) {
        ParserRuleContext context = recognizer.getContext();
        boolean isList = context instanceof BlockContext && context.getChildCount() > 0
                || context instanceof FileContext
                || context instanceof RulesContext;
        if (!isList) {
            return;
        }
        IntervalSet starts =
                recognizer.getATN().nextTokens(recognizer.getATN().states.get(recognizer.getState()));
        while (!starts.contains(recognizer.getCurrentToken().getType())) {
            mistakes.stray(context, recognizer.getCurrentToken());
            endErrorCondition(recognizer);
            Token before = recognizer.getCurrentToken();
            skipLine(recognizer);
            if (recognizer.getCurrentToken() == before) {
                recognizer.consume();
            }
        }
    }
}
