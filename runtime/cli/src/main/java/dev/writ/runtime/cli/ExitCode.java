package dev.writ.runtime.cli;

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
}
