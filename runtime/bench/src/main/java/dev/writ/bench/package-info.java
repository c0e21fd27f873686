/** Benchmarks, built with {@code mvn -Pbench} only. */
@NullMarked
package dev.writ.bench;

import org.jspecify.annotations.NullMarked;
