package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import java.util.List;

/** What a run's exit code says, the same for every command. */
final class ExitCode {
    /** Fine. */
    static final int FINE = 0;
    /** The answer is no: errors found, differences, failed tests, {@code --expect} not met. */
    static final int NO = 1;
    /** Wrong usage, or an input or output that cannot be read or written. */
    static final int USAGE = 2;
    /** A bug of ours. */
    static final int BUG = 3;

    private ExitCode() {}

    /** Errors found are a no; but a source that could not be read leaves the question open. */
    static int of(List<Diagnostic> found) {
        List<Diagnostic> errors = found.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        boolean isUnread = errors.stream()
                .anyMatch(error ->
                        error.id() == DiagnosticId.SOURCE_UNREADABLE || error.id() == DiagnosticId.SOURCE_TOO_LARGE);
        return isUnread ? USAGE : errors.isEmpty() ? FINE : NO;
    }
}
