/** The model as Kuma's own resources again: the target {@code resources}. */
@NullMarked
package dev.writ.compiler.resource;

import org.jspecify.annotations.NullMarked;
