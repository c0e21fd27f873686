package dev.writ.runtime.testing;

import dev.writ.runtime.proxy.EnvoyFailure;
import java.util.List;

/** A judge could not do its work, so that the run says nothing: never to be read as a deny. */
public final class JudgeFailed extends StepFailure {
    private static final long serialVersionUID = 1;

    private final String line;

    JudgeFailed(EnvoyFailure failure) {
        super(String.valueOf(failure.getMessage()));
        this.line = failure.line();
    }

    @Override
    public List<String> report() {
        return List.of("    " + line);
    }
}
