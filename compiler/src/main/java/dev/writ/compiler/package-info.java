@NullMarked
package dev.writ.compiler;

import org.jspecify.annotations.NullMarked;
