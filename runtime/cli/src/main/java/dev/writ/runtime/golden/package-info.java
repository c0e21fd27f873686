@NullMarked
package dev.writ.runtime.golden;

import org.jspecify.annotations.NullMarked;
