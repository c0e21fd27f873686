@NullMarked
package dev.writ.runtime.coverage;

import org.jspecify.annotations.NullMarked;
