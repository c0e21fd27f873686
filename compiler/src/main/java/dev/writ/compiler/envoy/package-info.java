@NullMarked
package dev.writ.compiler.envoy;

import org.jspecify.annotations.NullMarked;
