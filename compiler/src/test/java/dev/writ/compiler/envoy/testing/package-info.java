@NullMarked
package dev.writ.compiler.envoy.testing;

import org.jspecify.annotations.NullMarked;
