/** Kuma's resources → {@code .writ}: the text of a policy that decides as they do. One entry, {@link dev.writ.compiler.importing.PolicyImport}. */
@NullMarked
package dev.writ.compiler.importing;

import org.jspecify.annotations.NullMarked;
