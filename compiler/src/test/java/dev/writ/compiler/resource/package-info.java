@NullMarked
package dev.writ.compiler.resource;

import org.jspecify.annotations.NullMarked;
