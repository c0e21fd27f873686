package dev.writ.runtime.judge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes down what is asked of a request while a config is evaluated: one evaluation, watched or not, so that the trace cannot
 * tell another story than the verdict.
 */
public final class MatchTrace {
    private final boolean on;
    private final Deque<List<Step>> open = new ArrayDeque<>();

    /** What came of asking. */
    public enum Answer {
        YES,
        NO,
        /** Envoy stops evaluating here, and denies. */
        STOPPED,
        UNKNOWN
    }

    /**
     * Something that was asked.
     *
     * @param text as a statement: {@code path starts with "/api"}
     * @param parts what it is made of, as far as they were asked
     */
    public record Step(Answer answer, String text, List<Step> parts) {
        public Step {
            parts = List.copyOf(parts);
        }
    }

    private MatchTrace(boolean on) {
        this.on = on;
        open.push(new ArrayList<>());
    }

    /** Nobody watches: what {@link #open} and {@link #close} would have written costs nothing. */
    static MatchTrace off() {
        return new MatchTrace(false);
    }

    static MatchTrace watching() {
        return new MatchTrace(true);
    }

    boolean isOn() {
        return on;
    }

    void open() {
        if (on) {
            open.push(new ArrayList<>());
        }
    }

    /** Ends what {@link #open} began; ask {@link #isOn} before looking for words. */
    void close(Answer answer, String text) {
        List<Step> parts = open.pop();
        open.element().add(new Step(answer, text, parts));
    }

    void close(Truth truth, String text) {
        close(
                switch (truth) {
                    case Truth.Yes yes -> Answer.YES;
                    case Truth.No no -> Answer.NO;
                    case Truth.Stopped stopped -> Answer.STOPPED;
                    case Truth.Unknown unknown -> Answer.UNKNOWN;
                },
                text);
    }

    /** A statement without parts. */
    void note(Answer answer, String text) {
        if (on) {
            open.element().add(new Step(answer, text, List.of()));
        }
    }

    /** What was asked at the top. */
    List<Step> steps() {
        return open.getLast();
    }
}
