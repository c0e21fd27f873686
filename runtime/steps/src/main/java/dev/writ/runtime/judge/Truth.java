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
            case Unknown unknown ->
                new Unknown(
                        unknown.reason(),
                        /* mayHold= */ unknown.mayFail(),
                        /* mayFail= */ unknown.mayHold(),
                        unknown.mayStop());
        };
    }

    record Yes() implements Truth {}

    record No() implements Truth {}

    /** Envoy cannot tell, because the connection cannot have what is asked for. */
    record Stopped() implements Truth {}

    /** Writ cannot tell: it may be those of the other three that it names. */
    record Unknown(String reason, boolean mayHold, boolean mayFail, boolean mayStop) implements Truth {
        /** Yes or no. */
        Unknown(String reason) {
            this(reason, true, true, false);
        }

        /** Any of the three. */
        static Unknown ofAnyKind(String reason) {
            return new Unknown(reason, true, true, true);
        }
    }

    static boolean mayHold(Truth truth) {
        return truth instanceof Yes || truth instanceof Unknown unknown && unknown.mayHold;
    }

    static boolean mayFail(Truth truth) {
        return truth instanceof No || truth instanceof Unknown unknown && unknown.mayFail;
    }

    static boolean mayStop(Truth truth) {
        return truth instanceof Stopped || truth instanceof Unknown unknown && unknown.mayStop;
    }

    /** That which is one of these. */
    static Truth of(String reason, boolean mayHold, boolean mayFail, boolean mayStop) {
        if (mayHold && !mayFail && !mayStop) {
            return YES;
        }
        if (mayFail && !mayHold && !mayStop) {
            return NO;
        }
        return mayStop && !mayHold && !mayFail ? STOPPED : new Unknown(reason, mayHold, mayFail, mayStop);
    }
}
