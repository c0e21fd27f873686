/** Mutants of policies: rules changed as they go wrong, and the scenarios that tell. */
@NullMarked
package dev.writ.runtime.mutation;

import org.jspecify.annotations.NullMarked;
