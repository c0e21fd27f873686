/** Projects to start from: a policy, its features, its committed config and its CI, that pass every command at once. */
@NullMarked
package dev.writ.runtime.starter;

import org.jspecify.annotations.NullMarked;
