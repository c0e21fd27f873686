@NullMarked
package dev.writ.runtime;

import org.jspecify.annotations.NullMarked;
