package dev.writ.runtime.judge;

/** What a predicate says of a call. */
sealed interface Truth {
    Truth YES = new Yes();
    Truth NO = new No();
    Truth STOPPED = new Stopped();

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    /** Of yes and no the other one; what is not known stays so. */
    static Truth not(Truth truth) {
        return switch (truth) {
            case Yes yes -> NO;
            case No no -> YES;
            case Stopped stopped -> stopped;
            case Unknown unknown -> unknown;
        };
    }

    record Yes() implements Truth {}

    record No() implements Truth {}

    /** Envoy cannot tell, because the connection cannot have what is asked for. */
    record Stopped() implements Truth {}

    /** Writ cannot tell: it may be any of the other three. */
    record Unknown(String reason) implements Truth {}
}
