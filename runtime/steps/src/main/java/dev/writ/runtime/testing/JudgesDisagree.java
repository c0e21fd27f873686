package dev.writ.runtime.testing;

import java.util.ArrayList;
import java.util.List;

/** The judges decide one call differently: a fault of Writ, whatever the feature says. */
public final class JudgesDisagree extends StepFailure {
    private static final long serialVersionUID = 1;

    private final List<String> report;

    private JudgesDisagree(List<String> report) {
        super(String.join("\n", report));
        this.report = report;
    }

    /**
     * @param call in words
     * @param verdicts one line for each judge
     */
    public static JudgesDisagree of(String call, List<String> verdicts) {
        List<String> report = new ArrayList<>();
        report.add("    the judges disagree, which is a fault of Writ: " + call);
        verdicts.forEach(verdict -> report.add("      " + verdict));
        return new JudgesDisagree(List.copyOf(report));
    }

    @Override
    public List<String> report() {
        return report;
    }
}
