/** Files that are followed while they are edited: what a run depends on, and which of it has changed. */
@NullMarked
package dev.writ.runtime.watch;

import org.jspecify.annotations.NullMarked;
