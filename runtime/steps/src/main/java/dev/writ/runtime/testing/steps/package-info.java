/** The glue: the sentences that features are written in. Name this package as glue to use them in a project of your own. */
@NullMarked
package dev.writ.runtime.testing.steps;

import org.jspecify.annotations.NullMarked;
