package dev.writ.compiler.envoy.config;

/**
 * What the connection manager does to a request's path before the filters see it.
 *
 * @param normalize removes dot segments (RFC 3986)
 * @param mergeSlashes makes one slash of several
 */
public record PathHandling(boolean normalize, boolean mergeSlashes, EscapedSlashes escapedSlashes) {

    /** What becomes of {@code %2F}, {@code %5C} in a path. */
    public enum EscapedSlashes {
        KEEP,
        REJECT,
        REDIRECT,
        UNESCAPE
    }
}
