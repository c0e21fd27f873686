package dev.writ.compiler.source;

/** A place in a {@link SourceFile}: line and column, both from 1; columns count Unicode code points. */
public record SourcePosition(int line, int column) {}
