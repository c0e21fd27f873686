@NullMarked
package dev.writ.compiler.source;

import org.jspecify.annotations.NullMarked;
