/** Feature files as text: where each step, doc string and table cell stands. */
@NullMarked
package dev.writ.runtime.testing.feature;

import org.jspecify.annotations.NullMarked;
