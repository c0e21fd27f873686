@NullMarked
package dev.writ.runtime.proxy;

import org.jspecify.annotations.NullMarked;
