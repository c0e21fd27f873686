package dev.writ.compiler.analysis;

/** The value where no rule matches. */
enum Nothing {
    NOTHING
}
