package dev.writ.compiler.diagnostic;

import java.util.ArrayList;
import java.util.List;

/** How many findings of each severity there are. */
public record DiagnosticCounts(int errors, int warnings, int notes) {

    public static DiagnosticCounts of(List<Diagnostic> diagnostics) {
        return new DiagnosticCounts(
                count(diagnostics, Severity.ERROR),
                count(diagnostics, Severity.WARNING),
                count(diagnostics, Severity.NOTE));
    }

    /** For a closing line: {@code 1 error, 2 warnings}; {@code no findings} where there are none. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, errors, "error");
        add(parts, warnings, "warning");
        add(parts, notes, "note");
        return parts.isEmpty() ? "no findings" : String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String noun) {
        if (count > 0) {
            parts.add(count + " " + noun + (count == 1 ? "" : "s"));
        }
    }

    private static int count(List<Diagnostic> diagnostics, Severity severity) {
        return (int) diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == severity)
                .count();
    }
}
