/** What the scenarios of a run tried of the policies that they judge, and what they did not. */
@NullMarked
package dev.writ.runtime.coverage;

import org.jspecify.annotations.NullMarked;
