package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table with a call and its decision in each row. The columns {@code caller}, {@code callee} and {@code decision} must
 * be there; the others may be left out, and an empty cell says nothing.
 */
public final class CallTable {
    private static final List<String> NEEDED = List.of("caller", "callee", "decision");
    private static final List<String> COLUMNS =
            List.of("caller", "callee", "port", "method", "path", "server name", "decision", "rule");

    private final List<List<Located<String>>> rows;
    private final DiagnosticSink sink = new DiagnosticSink();

    /** @param rows the header first */
    public CallTable(List<List<Located<String>>> rows) {
        this.rows = rows;
    }

    private record Check(Call call, Expectation expected, Optional<String> rule, SourceSpan place) {}

    /** Every row is judged; all that do not hold are in the failure. */
    public void check(CurrentScenario scenario) {
        TableRows table = TableRows.of(rows, NEEDED, COLUMNS, sink);
        Declarations.refuseErrors(sink.sorted());
        List<ExpectationNotMet.Cell> wrong = new ArrayList<>();
        scenario.policies().forEach(policy -> check(table, policy, wrong));
        if (!wrong.isEmpty()) {
            throw ExpectationNotMet.of(wrong);
        }
    }

    private void check(TableRows table, PolicyUnderTest policy, List<ExpectationNotMet.Cell> wrong) {
        List<Check> checks = new ArrayList<>();
        for (List<Located<String>> row : table.body()) {
            check(row, table, policy).ifPresent(checks::add);
        }
        Declarations.refuseErrors(sink.sorted());
        for (Check check : checks) {
            policy.mismatch(check.call(), check.expected(), check.rule(), check.place())
                    .ifPresent(finding -> wrong.add(new ExpectationNotMet.Cell(check.place(), finding)));
        }
    }

    private Optional<Check> check(List<Located<String>> row, TableRows table, PolicyUnderTest policy) {
        Optional<Located<String>> caller = table.needed(row, "caller", sink);
        Optional<Located<String>> callee = table.needed(row, "callee", sink);
        Optional<Located<String>> decision = table.needed(row, "decision", sink);
        if (caller.isEmpty() || callee.isEmpty() || decision.isEmpty()) {
            return Optional.empty();
        }
        Optional<Expectation> expected = decision(decision.get(), sink);
        CallWords words = new CallWords(
                uriSans(caller.get()),
                callee.get(),
                table.cell(row, "port").orElse(null),
                table.cell(row, "method").orElse(null),
                table.cell(row, "path").orElse(null),
                table.cell(row, "server name").orElse(null));
        Optional<Call> call = words.resolve(policy.resolver(), sink);
        Optional<String> rule = table.cell(row, "rule").map(Located::value);
        return call.flatMap(made ->
                expected.map(wanted -> new Check(made, wanted, rule, row.get(0).span())));
    }

    /** The decision of a cell; what is none is reported. */
    static Optional<Expectation> decision(Located<String> cell, DiagnosticSink sink) {
        Optional<Expectation> decision = Expectation.of(cell.value());
        if (decision.isEmpty()) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    cell.span(),
                    "`" + cell.value() + "` is no decision",
                    Expectation.advice(cell.value()));
        }
        return decision;
    }

    /** A caller's cell: several URI SANs of one certificate are joined by {@code and}. */
    static List<Located<String>> uriSans(Located<String> cell) {
        return Arrays.stream(cell.value().split(" and ", -1))
                .map(san -> new Located<>(san.trim(), cell.span()))
                .toList();
    }
}
