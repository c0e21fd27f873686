package dev.writ.runtime.lsp;

import org.eclipse.lsp4j.CompletionItemKind;

/**
 * Something that may stand where the cursor is.
 *
 * @param detail what it is; empty where it says so itself
 */
record Proposal(String text, CompletionItemKind kind, String detail) {}
