/** The report of a run as one page of HTML. */
@NullMarked
package dev.writ.runtime.report;

import org.jspecify.annotations.NullMarked;
