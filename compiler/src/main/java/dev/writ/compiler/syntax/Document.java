package dev.writ.compiler.syntax;

import dev.writ.compiler.source.Located;

/**
 * A document that says what it is, its kind known to Writ; the metadata read, the rest as fields to take.
 *
 * @param isFlat whether its specification stands beside its name, as that of {@code Mesh}, {@code Dataplane} and {@code
 *     Secret} does in the universal form
 */
record Document(Located<String> kind, Metadata metadata, Fields fields, boolean isFlat) {

    Fields spec() {
        return isFlat ? fields : fields.mapping("spec");
    }

    /** The {@code spec} of a kind that is nothing without one. */
    Fields requiredSpec() {
        return isFlat ? fields : fields.requiredMapping("spec");
    }
}
