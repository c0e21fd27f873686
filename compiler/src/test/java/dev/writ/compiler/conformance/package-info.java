/** The recorded Kuma conformance suite, read where it lies and never copied. */
@NullMarked
package dev.writ.compiler.conformance;

import org.jspecify.annotations.NullMarked;
