package dev.writ.runtime.lsp;

import dev.writ.compiler.source.SourceSpan;

/** A subject and a place where it stands. */
record Occurrence(SourceSpan span, Subject subject) {

    /** Whether a cursor at this offset touches it. */
    boolean isAt(int offset) {
        return span.start() <= offset && offset <= span.end();
    }

    int length() {
        return span.end() - span.start();
    }
}
