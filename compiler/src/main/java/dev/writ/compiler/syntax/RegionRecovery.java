package dev.writ.compiler.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Recovery for texts made of regions (the actions of a template, the lines of a rule text): the first thing wrong in a region
 * is explained, the rest of the region is skipped, and the next one is read as if nothing had been.
 *
 * <p>Unlike ANTLR's own strategy it never invents or drops a token, so what is said is about what stands there.
 */
final class RegionRecovery extends DefaultErrorStrategy {

    /** Says what is wrong with a token, given what could have stood there. */
    interface Explanation {
        void explain(Parser parser, Token offending, IntervalSet expected);
    }

    private final int regionRule;
    private final IntervalSet ends;
    private final Explanation explanation;

    /**
     * @param regionRule the rule of one region
     * @param ends the tokens that end a region
     */
    RegionRecovery(int regionRule, IntervalSet ends, Explanation explanation) {
        this.regionRule = regionRule;
        this.ends = ends;
        this.explanation = explanation;
    }

    @Override
    public void reportError(Parser recognizer, RecognitionException e) {
        if (!inErrorRecoveryMode(recognizer)) {
            beginErrorCondition(recognizer);
            explanation.explain(recognizer, e.getOffendingToken(), recognizer.getExpectedTokens());
        }
    }

    @Override
    public void recover(Parser recognizer, RecognitionException e) {
        consumeUntil(recognizer, ends);
        // A rule inside the region leaves the end to the region's own rule.
        if (recognizer.getContext().getRuleIndex() == regionRule
                && recognizer.getCurrentToken().getType() != Token.EOF) {
            recognizer.consume();
        }
    }

    @Override
    public Token recoverInline(Parser recognizer) {
        throw new InputMismatchException(recognizer);
    }

    @Override
    public void sync(Parser recognizer) {}
}
