package dev.writ.compiler.analysis;

/** Which certificates a diagram is about. */
enum Certificates {
    /** Those with one URI SAN: its string is the caller. */
    ONE_URI_SAN,
    /**
     * Those with any URI SANs: the first is the caller, of the others only facts are asked. Of the joined SANs, which Envoy's matchers
     * look at, nothing can be said then.
     */
    ANY_URI_SANS;

    /** Some URI SAN is this one. */
    record SanIs(String text) {}

    /** Some URI SAN starts with this one. */
    record SanStartsWith(String text) {}
}
