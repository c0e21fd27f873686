package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticText;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run was given: its streams and its environment. Results go to {@code out}, progress and trouble to
 * {@code err}.
 *
 * @param colourOut whether {@code out} is a terminal that shows colours
 * @param colourErr whether {@code err} is one
 */
record Invocation(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean colourOut,
        boolean colourErr) {

    Invocation {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** Whether a variable is set to anything, as {@code NO_COLOR} and {@code CI} are understood. */
    boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    /** Whether {@code CI} says that nobody is watching. */
    boolean isContinuousIntegration() {
        return isSet("CI") && !environment.getOrDefault("CI", "").equalsIgnoreCase("false");
    }

    /** Says that something takes long. */
    void progress(String line) {
        err.println("writ: " + line);
        err.flush();
    }

    /** Shows findings that are not the result themselves. */
    void report(List<Diagnostic> diagnostics) {
        DiagnosticText text = new DiagnosticText(colourErr);
        for (Diagnostic diagnostic : diagnostics) {
            err.print(text.render(diagnostic));
        }
    }
}
