/** The language server: what an editor asks about the policies of its workspace, over the Language Server Protocol 3.17. */
@NullMarked
package dev.writ.runtime.lsp;

import org.jspecify.annotations.NullMarked;
