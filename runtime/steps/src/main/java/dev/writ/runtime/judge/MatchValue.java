package dev.writ.runtime.judge;

/** What a matcher's input holds for one call. */
sealed interface MatchValue {
    MatchValue EMPTY = new Empty();
    MatchValue UNAVAILABLE = new Unavailable();

    record Text(String text) implements MatchValue {}

    /** The input is there and holds nothing: no match, and evaluation goes on. */
    record Empty() implements MatchValue {}

    /** The connection cannot have it: Envoy stops evaluating, and denies. */
    record Unavailable() implements MatchValue {}

    /** Writ does not know what it holds. */
    record Unknown(String reason) implements MatchValue {}
}
