package dev.writ.compiler.analysis;

/**
 * A function of calls. Nodes of one {@link Diagram} that are the same function are the same object, so they are compared by
 * identity.
 */
sealed interface Node permits Leaf, Branch {

    /** Unique in its diagram. */
    int id();

    /** What the function asks first; {@link Variables#LEAF} if it asks nothing. */
    int variable();
}
