@NullMarked
package dev.writ.compiler.analysis;

import org.jspecify.annotations.NullMarked;
