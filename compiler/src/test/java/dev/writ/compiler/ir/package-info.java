@NullMarked
package dev.writ.compiler.ir;

import org.jspecify.annotations.NullMarked;
