@NullMarked
package dev.writ.runtime.mutation;

import org.jspecify.annotations.NullMarked;
