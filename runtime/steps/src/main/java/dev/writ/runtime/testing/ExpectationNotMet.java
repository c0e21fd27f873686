package dev.writ.runtime.testing;

import dev.writ.compiler.source.SourceSpan;
import java.util.List;

/** The policy decides otherwise than the feature says. */
public final class ExpectationNotMet extends StepFailure {
    private static final long serialVersionUID = 1;

    private final List<String> report;

    private ExpectationNotMet(List<String> report) {
        super(String.join("\n", report));
        this.report = report;
    }

    /** What a whole step found. */
    public static ExpectationNotMet of(String finding) {
        return new ExpectationNotMet(List.of("    " + finding));
    }

    /** What a whole step found for several targets. */
    static ExpectationNotMet ofAll(List<String> findings) {
        return new ExpectationNotMet(
                findings.stream().map(finding -> "    " + finding).toList());
    }

    /** What the cells of a table found, each at its place. */
    public static ExpectationNotMet of(List<Cell> cells) {
        return new ExpectationNotMet(cells.stream()
                .map(cell -> cell.span().place() + ": " + cell.finding())
                .toList());
    }

    /** One cell that does not hold. */
    public record Cell(SourceSpan span, String finding) {}

    @Override
    public List<String> report() {
        return report;
    }
}
