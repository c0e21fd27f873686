package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table of callers (its rows) and callees (its columns) with a decision where they meet; an empty cell says nothing. */
public final class CallMatrix {
    private final List<List<Located<String>>> rows;

    /** @param rows the header with the callees first, its first cell free */
    public CallMatrix(List<List<Located<String>>> rows) {
        this.rows = rows;
    }

    private record Check(Call call, Expectation expected, SourceSpan place) {}

    /** Every cell is judged; all that do not hold are in the failure. */
    public void check(CurrentScenario scenario) {
        List<ExpectationNotMet.Cell> wrong = new ArrayList<>();
        scenario.policies().forEach(policy -> check(policy, wrong));
        if (!wrong.isEmpty()) {
            throw ExpectationNotMet.of(wrong);
        }
    }

    private void check(PolicyUnderTest policy, List<ExpectationNotMet.Cell> wrong) {
        List<Check> checks = checks(policy);
        if (checks.isEmpty()) {
            throw ExpectationNotMet.of("the table has no decision");
        }
        for (Check check : checks) {
            policy.mismatch(check.call(), check.expected(), Optional.empty(), check.place())
                    .ifPresent(finding -> wrong.add(
                            new ExpectationNotMet.Cell(check.place(), finding + ", for " + CallText.of(check.call()))));
        }
    }

    private List<Check> checks(PolicyUnderTest policy) {
        DiagnosticSink sink = new DiagnosticSink();
        List<Check> checks = new ArrayList<>();
        for (List<Located<String>> row : rows.subList(1, rows.size())) {
            for (int i = 1; i < row.size(); i++) {
                Located<String> cell = row.get(i);
                if (cell.value().isEmpty()) {
                    continue;
                }
                CallWords words =
                        new CallWords(CallTable.uriSans(row.get(0)), rows.get(0).get(i), null, null, null, null);
                Optional<Call> call = words.resolve(policy.resolver(), sink);
                CallTable.decision(cell, sink)
                        .ifPresent(wanted -> call.ifPresent(made -> checks.add(new Check(made, wanted, cell.span()))));
            }
        }
        Declarations.refuseErrors(sink.sorted());
        return checks;
    }
}
