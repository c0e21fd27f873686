@NullMarked
package dev.writ.runtime.identity;

import org.jspecify.annotations.NullMarked;
