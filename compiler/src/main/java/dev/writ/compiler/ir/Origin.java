package dev.writ.compiler.ir;

import dev.writ.compiler.source.SourceSpan;

/**
 * Where a rule comes from.
 *
 * @param name what the emitted config calls it ({@code namespace/permission}); several rules of a permission share it
 * @param span the match in the source
 */
public record Origin(String name, SourceSpan span) {}
