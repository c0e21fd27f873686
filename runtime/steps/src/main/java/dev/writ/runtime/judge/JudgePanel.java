package dev.writ.runtime.judge;

import java.util.ArrayList;
import java.util.List;

/** Judges that decide the same calls independently: where they disagree, Writ has a bug. */
public final class JudgePanel {
    private final List<Judge> judges;
    private final List<Opinion.Unavailable> absent;

    /** @param absent judges that were asked for and are not there; agreement is about the others */
    public JudgePanel(List<? extends Judge> judges, List<Opinion.Unavailable> absent) {
        if (judges.isEmpty()) {
            throw new IllegalArgumentException("a panel needs a judge");
        }
        this.judges = List.copyOf(judges);
        this.absent = List.copyOf(absent);
    }

    /** Asks all of them. */
    public PanelVerdict judge(Call call) {
        List<Opinion> opinions = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Judge judge : judges) {
            Verdict verdict = judge.judge(call);
            verdicts.add(verdict);
            opinions.add(new Opinion.Given(judge.name(), verdict));
        }
        opinions.addAll(absent);
        return new PanelVerdict(opinions, verdicts.stream().allMatch(verdicts.get(0)::agreesWith));
    }
}
