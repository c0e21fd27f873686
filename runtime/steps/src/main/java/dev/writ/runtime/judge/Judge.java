package dev.writ.runtime.judge;

/** Decides calls. A judge never guesses: what it cannot decide is unknown, what went wrong is an exception. */
public interface Judge {
    /** {@code model}, {@code snapshot} or {@code envoy}. */
    String name();

    Verdict judge(Call call);
}
