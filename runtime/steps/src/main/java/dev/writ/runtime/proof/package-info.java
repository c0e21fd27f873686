/** What the analysis claims, held against the judges, who know nothing of diagrams. */
@NullMarked
package dev.writ.runtime.proof;

import org.jspecify.annotations.NullMarked;
