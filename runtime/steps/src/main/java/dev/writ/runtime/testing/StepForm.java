package dev.writ.runtime.testing;

/**
 * A way to write a step.
 *
 * @param kind of the step: which keyword it follows
 * @param wording the sentence, what varies in capitals and between quotes, without what may be left out
 * @param says what it does, in Markdown
 */
public record StepForm(Kind kind, String wording, String says) {
    /** Gherkin's kinds of steps. */
    public enum Kind {
        GIVEN,
        WHEN,
        THEN
    }
}
