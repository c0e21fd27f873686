package dev.writ.runtime.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The calls that the scenarios of a run had judged, whichever thread they ran on. */
final class JudgedCalls {
    private final List<JudgedCall> calls = new ArrayList<>();

    synchronized void add(JudgedCall call) {
        calls.add(call);
    }

    /** In the order of the scenarios' places; those of one scenario as they were judged. */
    synchronized List<JudgedCall> inOrder() {
        List<JudgedCall> ordered = new ArrayList<>(calls);
        ordered.sort(Comparator.comparing(JudgedCall::scenario));
        return ordered;
    }
}
