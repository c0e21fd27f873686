package dev.writ.runtime.access;

import dev.writ.compiler.analysis.Answer;

/** What becomes of the calls of one caller to one inbound. */
public sealed interface Access {

    record Known(Answer answer) implements Access {}

    /** Nothing certain can be said. */
    record Unknown(String reason) implements Access {}
}
