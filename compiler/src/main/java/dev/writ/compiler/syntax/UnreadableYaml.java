package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;

/** Ends the reading of a document; caught by {@link YamlReader}, which goes on with the next one. */
final class UnreadableYaml extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic diagnostic;
    private final int index;

    /** @param index where in the text reading stopped */
    UnreadableYaml(Diagnostic diagnostic, int index) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
        this.index = index;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }

    int index() {
        return index;
    }
}
