package dev.writ.runtime.testing;

import java.util.ArrayList;
import java.util.List;

/** The judges decide one call differently: a fault of Writ, whatever the feature says. */
public final class JudgesDisagree extends StepFailure {
    private static final long serialVersionUID = 1;

    private final List<String> report;
    private final transient List<Opined> opinions;

    /** What one judge says, in words: {@code deny (no rule matched)}. */
    public record Opined(String judge, String words) {}

    private JudgesDisagree(List<String> report, List<Opined> opinions) {
        super(String.join("\n", report));
        this.report = report;
        this.opinions = opinions;
    }

    /**
     * @param call in words
     * @param opinions one for each judge
     */
    static JudgesDisagree of(String call, List<Opined> opinions) {
        int width = opinions.stream()
                .mapToInt(opinion -> opinion.judge().length())
                .max()
                .orElse(0);
        List<String> report = new ArrayList<>();
        report.add("    the judges disagree, which is a fault of Writ: " + call);
        opinions.forEach(opinion -> report.add(
                "      " + opinion.judge() + " ".repeat(width - opinion.judge().length() + 2) + opinion.words()));
        return new JudgesDisagree(List.copyOf(report), List.copyOf(opinions));
    }

    public List<Opined> opinions() {
        return opinions;
    }

    @Override
    public List<String> report() {
        return report;
    }
}
