@NullMarked
package dev.writ.runtime.judge;

import org.jspecify.annotations.NullMarked;
