package dev.writ.runtime.cli;

import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.proof.Mismatch;
import dev.writ.runtime.proof.TranslationProof;
import java.util.Locale;

/** What was proved of what was compiled, with all that it assumes; or the calls that show a bug. */
final class ProofText {
    private ProofText() {}

    /** The closing lines of a compilation. */
    static String claim(TranslationProof proof) {
        StringBuilder text = new StringBuilder();
        if (proof.equal() > 0) {
            text.append("proved for ")
                    .append(Plural.of(proof.equal(), "inbound"))
                    .append(": what is written decides every call as the policy does\n  for ")
                    .append(proof.universe())
                    .append(", every server name, method and path");
            if (!proof.assumptions().isEmpty()) {
                text.append("; assuming ").append(String.join(", ", proof.assumptions()));
            }
            text.append("; ").append(Plural.of(proof.probes(), "call")).append(" replayed\n");
        }
        for (TranslationProof.Open open : proof.open()) {
            text.append("not proved for ")
                    .append(open.workload())
                    .append(':')
                    .append(open.port())
                    .append(": ")
                    .append(open.reason())
                    .append('\n');
        }
        return text.toString();
    }

    static String mismatches(TranslationProof proof) {
        StringBuilder text = new StringBuilder();
        for (Mismatch mismatch : proof.mismatches()) {
            text.append("writ: this is a bug in writ ")
                    .append(Version.text())
                    .append(", please report it: what was compiled for `")
                    .append(mismatch.call().to())
                    .append(':')
                    .append(mismatch.call().port())
                    .append("` does not decide as its policy does")
                    .append(mismatch.proved() ? "" : ", which the proof did not see")
                    .append("\n  ")
                    .append(CallLine.of(mismatch.call()))
                    .append("\n    by the policy  ")
                    .append(verdict(mismatch.policy()))
                    .append("\n    by the config  ")
                    .append(verdict(mismatch.config()))
                    .append('\n');
        }
        return text.append("  = help: nothing was written; `--no-proof` writes it all the same\n")
                .toString();
    }

    private static String verdict(Verdict verdict) {
        String decision = verdict.decision().name().toLowerCase(Locale.ROOT);
        String by = verdict.rule() == null
                ? verdict.reason() == null ? "" : "  (" + verdict.reason() + ")"
                : "  (" + verdict.rule() + ")";
        String shadow = verdict.shadow() == null
                ? ""
                : ", shadow " + verdict.shadow().name().toLowerCase(Locale.ROOT);
        return decision + by + shadow;
    }
}
