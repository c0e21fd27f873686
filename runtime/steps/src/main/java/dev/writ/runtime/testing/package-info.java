@NullMarked
package dev.writ.runtime.testing;

import org.jspecify.annotations.NullMarked;
