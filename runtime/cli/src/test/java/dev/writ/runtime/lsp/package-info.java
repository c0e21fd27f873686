@NullMarked
package dev.writ.runtime.lsp;

import org.jspecify.annotations.NullMarked;
