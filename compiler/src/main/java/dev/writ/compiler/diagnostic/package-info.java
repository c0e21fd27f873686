@NullMarked
package dev.writ.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
