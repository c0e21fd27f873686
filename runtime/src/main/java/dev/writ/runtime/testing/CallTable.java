package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table with a call and its decision in each row. The columns {@code caller}, {@code callee} and {@code decision} must
 * be there; the others may be left out, and an empty cell says nothing.
 */
public final class CallTable {
    private static final List<String> NEEDED = List.of("caller", "callee", "decision");
    private static final List<String> COLUMNS =
            List.of("caller", "callee", "port", "method", "path", "server name", "decision", "rule");

    private final List<List<Located<String>>> rows;
    private final Map<String, Integer> columns = new TreeMap<>();
    private final DiagnosticSink sink = new DiagnosticSink();

    /** @param rows the header first */
    public CallTable(List<List<Located<String>>> rows) {
        this.rows = rows;
    }

    private record Check(Call call, Expectation expected, Optional<String> rule, SourceSpan place) {}

    /** Every row is judged; all that do not hold are in the failure. */
    public void check(CurrentScenario scenario) {
        readHeader();
        Declarations.refuseErrors(sink.sorted());
        List<ExpectationNotMet.Cell> wrong = new ArrayList<>();
        scenario.policies().forEach(policy -> check(policy, wrong));
        if (!wrong.isEmpty()) {
            throw ExpectationNotMet.of(wrong);
        }
    }

    private void check(PolicyUnderTest policy, List<ExpectationNotMet.Cell> wrong) {
        List<Check> checks = new ArrayList<>();
        for (List<Located<String>> row : rows.subList(1, rows.size())) {
            check(row, policy).ifPresent(checks::add);
        }
        Declarations.refuseErrors(sink.sorted());
        for (Check check : checks) {
            policy.mismatch(check.call(), check.expected(), check.rule())
                    .ifPresent(finding -> wrong.add(new ExpectationNotMet.Cell(check.place(), finding)));
        }
    }

    private void readHeader() {
        List<Located<String>> header = rows.get(0);
        for (int i = 0; i < header.size(); i++) {
            Located<String> name = header.get(i);
            if (!COLUMNS.contains(name.value())) {
                sink.add(
                        DiagnosticId.SCHEMA_UNKNOWN_FIELD,
                        name.span(),
                        "unknown column `" + name.value() + "`",
                        NearName.help(name.value(), COLUMNS).orElse("the columns are " + String.join(", ", COLUMNS)));
            } else if (columns.put(name.value(), i) != null) {
                sink.add(DiagnosticId.SCHEMA_DUPLICATE, name.span(), "a second column `" + name.value() + "`");
            }
        }
        for (String needed : NEEDED) {
            if (!columns.containsKey(needed)) {
                sink.add(
                        DiagnosticId.SCHEMA_MISSING_FIELD,
                        header.get(0).span(),
                        "the column `" + needed + "` is missing");
            }
        }
        if (rows.size() == 1) {
            sink.add(DiagnosticId.SCHEMA_MISSING_FIELD, header.get(0).span(), "the table has no row below its header");
        }
    }

    private Optional<Check> check(List<Located<String>> row, PolicyUnderTest policy) {
        Located<String> caller = needed(row, "caller");
        Located<String> callee = needed(row, "callee");
        Located<String> decision = needed(row, "decision");
        if (caller == null || callee == null || decision == null) {
            return Optional.empty();
        }
        Optional<Expectation> expected = decision(decision, sink);
        CallWords words = new CallWords(
                uriSans(caller),
                callee,
                cell(row, "port"),
                cell(row, "method"),
                cell(row, "path"),
                cell(row, "server name"));
        Optional<Call> call = words.resolve(policy.resolver(), sink);
        Optional<String> rule = Optional.ofNullable(cell(row, "rule")).map(Located::value);
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

    private @Nullable Located<String> needed(List<Located<String>> row, String column) {
        Located<String> cell = cell(row, column);
        if (cell == null) {
            Integer index = columns.get(column);
            SourceSpan span = row.get(index == null ? 0 : index).span();
            sink.add(DiagnosticId.SCHEMA_MISSING_FIELD, span, "the row has no " + column);
        }
        return cell;
    }

    private @Nullable Located<String> cell(List<Located<String>> row, String column) {
        Integer index = columns.get(column);
        return index == null || row.get(index).value().isEmpty() ? null : row.get(index);
    }
}
