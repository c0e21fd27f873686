package dev.writ.runtime.testing;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.testing.JudgesDisagree.Opined;
import java.util.List;
import java.util.Optional;

/**
 * A call that was judged, in words.
 *
 * @param expected what the scenario says of it
 * @param opinions what each judge says
 */
public record ToldCall(String call, String expected, List<Opined> opinions) {
    public ToldCall {
        opinions = List.copyOf(opinions);
    }

    public static ToldCall of(JudgedCall judged) {
        String by = judged.rule()
                .map(name -> " by `" + judged.policy().names().shown(name) + "`")
                .orElse("");
        return new ToldCall(
                CallText.of(judged.call()),
                judged.expected().words() + by,
                judged.judged().opinions().stream()
                        .map(opinion -> opined(judged, opinion))
                        .toList());
    }

    private static Opined opined(JudgedCall judged, Opinion opinion) {
        return new Opined(
                opinion.judge(),
                switch (opinion) {
                    case Opinion.Given given -> words(judged, given.verdict());
                    case Opinion.Unavailable unavailable -> "did not judge: " + unavailable.reason();
                });
    }

    /** The model knows the places of rules, where its own verdict is the same. */
    private static String words(JudgedCall judged, Verdict verdict) {
        var explained = judged.policy().model().explain(judged.call());
        Optional<SourceSpan> place =
                explained.verdict().agreesWith(verdict) ? Optional.ofNullable(explained.origin()) : Optional.empty();
        return VerdictText.of(verdict, judged.policy().names(), place);
    }
}
