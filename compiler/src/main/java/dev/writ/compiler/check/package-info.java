@NullMarked
package dev.writ.compiler.check;

import org.jspecify.annotations.NullMarked;
