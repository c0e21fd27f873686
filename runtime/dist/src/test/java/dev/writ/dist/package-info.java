@NullMarked
package dev.writ.dist;

import org.jspecify.annotations.NullMarked;
