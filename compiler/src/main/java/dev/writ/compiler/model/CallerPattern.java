package dev.writ.compiler.model;

/** Which callers a rule is about, as its author wrote it. */
public sealed interface CallerPattern {

    /** Every caller: a match on the server name alone. */
    record AnyCaller() implements CallerPattern {}

    record ExactId(String id) implements CallerPattern {}

    /** Every string that begins with these bytes: no segment boundary is implied. */
    record IdPrefix(String prefix) implements CallerPattern {}

    /** One or more whole segments below this ID. */
    record BelowId(String id) implements CallerPattern {}

    /** The empty match {@code {}}, for which Envoy refuses the whole listener. */
    record NoPattern() implements CallerPattern {}
}
