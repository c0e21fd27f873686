package dev.writ.runtime.proxy;

/**
 * Envoy gave no verdict: it did not start, refused its config, ended, hung or left no evidence. Never to be read as a deny.
 *
 * <p>The message is one line for the user; {@link #log()} is what Envoy said last.
 */
public final class EnvoyFailure extends RuntimeException {
    private final String line;
    private final String log;

    public EnvoyFailure(String line, String log) {
        super(log.isBlank() ? line : line + "\n" + log);
        this.line = line;
        this.log = log;
    }

    /** What went wrong, in one line. */
    public String line() {
        return line;
    }

    /** The end of Envoy's own log. */
    public String log() {
        return log;
    }
}
