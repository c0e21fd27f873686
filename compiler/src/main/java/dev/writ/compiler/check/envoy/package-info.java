/** The dangers that Envoy loads without a word, as they were found on the real thing. */
@NullMarked
package dev.writ.compiler.check.envoy;

import org.jspecify.annotations.NullMarked;
