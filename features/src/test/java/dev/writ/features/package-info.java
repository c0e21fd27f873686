@NullMarked
package dev.writ.features;

import org.jspecify.annotations.NullMarked;
