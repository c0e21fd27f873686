@NullMarked
package dev.writ.runtime.cli;

import org.jspecify.annotations.NullMarked;
