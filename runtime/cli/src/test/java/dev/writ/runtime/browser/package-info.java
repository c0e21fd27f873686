/** Pages in a real browser. */
@NullMarked
package dev.writ.runtime.browser;

import org.jspecify.annotations.NullMarked;
