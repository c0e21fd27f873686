package dev.writ.runtime.coverage;

/**
 * A point, and how often it was tried.
 *
 * @param example what would try it, in the words of a step: {@code from spiffe://… with POST "/"}; empty where something did, or where
 *     nobody is known who would
 */
public record CoveredPoint(Point point, String example, Tried tried) {}
