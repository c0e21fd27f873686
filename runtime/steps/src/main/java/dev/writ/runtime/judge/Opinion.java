package dev.writ.runtime.judge;

/** What one judge of a panel has to say. */
public sealed interface Opinion {
    String judge();

    record Given(String judge, Verdict verdict) implements Opinion {}

    /** A judge that is not there, and why: no Envoy on this machine. */
    record Unavailable(String judge, String reason) implements Opinion {}
}
