@NullMarked
package dev.writ.runtime.testing.feature;

import org.jspecify.annotations.NullMarked;
