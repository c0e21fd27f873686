/** Who can call whom in a mesh, and the matrix that shows it. */
@NullMarked
package dev.writ.runtime.access;

import org.jspecify.annotations.NullMarked;
