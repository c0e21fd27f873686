package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;

/** A document that says what it is, its kind known to Writ; the metadata read, the rest as fields to take. */
record Document(Located<String> kind, Metadata metadata, Fields fields) {

    Fields spec() {
        return fields.mapping("spec");
    }

    /** The {@code spec} of a kind that is nothing without one. */
    Fields requiredSpec() {
        return fields.requiredMapping("spec");
    }
}
