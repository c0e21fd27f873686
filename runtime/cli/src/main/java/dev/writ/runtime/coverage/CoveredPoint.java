package dev.writ.runtime.coverage;

/**
 * A point, and how often it was tried.
 *
 * @param example what would try it, in the words of a step: {@code from spiffe://…}, {@code with POST}
 */
public record CoveredPoint(Point point, String example, Tried tried) {}
