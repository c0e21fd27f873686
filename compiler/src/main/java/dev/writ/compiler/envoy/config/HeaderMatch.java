package dev.writ.compiler.envoy.config;

/**
 * A matcher on a request's header ({@code envoy.config.route.v3.HeaderMatcher}).
 *
 * @param name in lower case
 * @param invert turns the answer round for a header that is there, and one that counts as empty; not for one that is missing
 *     (tried on 1.40.0)
 * @param missingIsEmpty whether a header that is not there counts as an empty one
 */
public record HeaderMatch(String name, Test test, boolean invert, boolean missingIsEmpty) {

    /** What is asked of the header. */
    public sealed interface Test {
        /** Whether it is there, or is not. */
        record Present(boolean present) implements Test {}

        record Text(TextMatcher matcher) implements Test {}

        /** Whether the value is a whole number from {@code start} to below {@code end}. */
        record Range(long start, long end) implements Test {}
    }
}
