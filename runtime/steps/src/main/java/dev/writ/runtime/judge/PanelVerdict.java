package dev.writ.runtime.judge;

import java.util.List;

/**
 * What a panel says of a call.
 *
 * @param opinions in the order of the panel, absent judges last
 * @param agree whether all that are there agree
 */
public record PanelVerdict(List<Opinion> opinions, boolean agree) {
    public PanelVerdict {
        opinions = List.copyOf(opinions);
    }

    /** The verdicts given, in the order of the panel. */
    public List<Verdict> verdicts() {
        return opinions.stream()
                .filter(Opinion.Given.class::isInstance)
                .map(opinion -> ((Opinion.Given) opinion).verdict())
                .toList();
    }
}
