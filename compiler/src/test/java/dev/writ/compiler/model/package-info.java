@NullMarked
package dev.writ.compiler.model;

import org.jspecify.annotations.NullMarked;
