package dev.writ.runtime.testing.steps;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A step as people read it: {@code docs/steps.md} is made of these, and so are the suggestions for unknown steps. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Sentence {
    /** Where it stands in the page. */
    int order();

    /** Its form: what varies is in capitals, what may be left out in brackets. */
    String value();

    /** What it does, in Markdown. */
    String says();

    /** One use of it, with its keyword, doc string or table. */
    String example();
}
