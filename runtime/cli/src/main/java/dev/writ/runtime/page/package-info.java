/** What the pages and starter files that Writ writes have in common: text of the jar, and text in HTML. */
@NullMarked
package dev.writ.runtime.page;

import org.jspecify.annotations.NullMarked;
