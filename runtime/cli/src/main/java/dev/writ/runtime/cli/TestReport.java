package dev.writ.runtime.cli;

import dev.writ.runtime.testing.FeatureResults;
import dev.writ.runtime.testing.FeatureText;
import dev.writ.runtime.testing.RunListener;
import dev.writ.runtime.testing.ScenarioResult;
import java.io.PrintStream;

/** Tells a run of features while it goes on: failures as they come, and on a terminal how far it is. */
final class TestReport implements RunListener {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final TestFormat format;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean showsProgress;
    private final GithubAnnotation annotation;

    /** @param out where the report goes; a plugin may have the standard output for itself */
    TestReport(TestFormat format, PrintStream out, Invocation invocation) {
        this.format = format;
        this.out = out;
        this.err = invocation.err();
        this.showsProgress = invocation.colourErr() && !invocation.isContinuousIntegration();
        this.annotation = new GithubAnnotation(invocation);
    }

    @Override
    public void result(ScenarioResult result) {
        if (format == TestFormat.JSON || result.failure() == null) {
            return;
        }
        clearProgress();
        if (format == TestFormat.GITHUB) {
            annotation.of(result).ifPresent(out::println);
        } else {
            FeatureText.of(result).forEach(out::println);
        }
        out.flush();
    }

    @Override
    public void progress(int ended, int failed, int scheduled) {
        if (showsProgress) {
            err.print(CLEAR_LINE + ended + " of " + Plural.of(scheduled, "scenario")
                    + (failed > 0 ? ", " + failed + " failed" : ""));
            err.flush();
        }
    }

    /** What it all came to. */
    void close(FeatureResults results) {
        clearProgress();
        if (format == TestFormat.JSON) {
            if (results.judgeFailure() == null) {
                out.print(Json.text(TestJson.of(results)));
            }
            return;
        }
        if (format == TestFormat.GITHUB) {
            results.problems().stream().map(annotation::of).forEach(out::println);
        }
        FeatureText.closing(results).forEach(out::println);
        out.flush();
    }

    private void clearProgress() {
        if (showsProgress) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
