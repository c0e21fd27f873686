@NullMarked
package dev.writ.runtime.access;

import org.jspecify.annotations.NullMarked;
