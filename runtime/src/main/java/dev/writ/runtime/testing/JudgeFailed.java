package dev.writ.runtime.testing;

import java.util.List;

/** A judge could not do its work, so that the run says nothing: never to be read as a deny. */
public final class JudgeFailed extends StepFailure {
    private static final long serialVersionUID = 1;

    private final String line;

    JudgeFailed(String line) {
        super(line);
        this.line = line;
    }

    @Override
    public List<String> report() {
        return List.of("    " + line);
    }
}
