package dev.writ.compiler.source;

/** A value and the place it was read from. */
public record Located<T>(T value, SourceSpan span) {}
