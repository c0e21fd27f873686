package dev.writ.compiler.analysis;

/** The analysis cannot answer, for a reason to be shown. It ends at {@link PolicyAnalysis}, as an unknown. */
final class Unanswerable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unanswerable(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
