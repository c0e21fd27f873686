@NullMarked
package dev.writ.golden;

import org.jspecify.annotations.NullMarked;
