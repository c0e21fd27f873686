@NullMarked
package dev.writ.compiler.syntax;

import org.jspecify.annotations.NullMarked;
