package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table whose header names its columns, in any order. */
final class TableRows {
    private final List<List<Located<String>>> rows;
    private final Map<String, Integer> columns = new HashMap<>();

    private TableRows(List<List<Located<String>>> rows) {
        this.rows = rows;
    }

    /**
     * What is wrong with the header is reported.
     *
     * @param needed those that must be there
     * @param known all columns
     */
    static TableRows of(
            List<List<Located<String>>> rows, List<String> needed, List<String> known, DiagnosticSink sink) {
        TableRows table = new TableRows(rows);
        List<Located<String>> header = rows.get(0);
        for (int i = 0; i < header.size(); i++) {
            Located<String> name = header.get(i);
            if (!known.contains(name.value())) {
                sink.add(
                        DiagnosticId.SCHEMA_UNKNOWN_FIELD,
                        name.span(),
                        "unknown column `" + name.value() + "`",
                        NearName.help(name.value(), known).orElse("the columns are " + String.join(", ", known)));
            } else if (table.columns.put(name.value(), i) != null) {
                sink.add(DiagnosticId.SCHEMA_DUPLICATE, name.span(), "a second column `" + name.value() + "`");
            }
        }
        for (String column : needed) {
            if (!table.columns.containsKey(column)) {
                sink.add(
                        DiagnosticId.SCHEMA_MISSING_FIELD,
                        header.get(0).span(),
                        "the column `" + column + "` is missing");
            }
        }
        if (rows.size() == 1) {
            sink.add(DiagnosticId.SCHEMA_MISSING_FIELD, header.get(0).span(), "the table has no row below its header");
        }
        return table;
    }

    /** Those below the header. */
    List<List<Located<String>>> body() {
        return rows.subList(1, rows.size());
    }

    /** A cell of a row; empty where the column or its value is. */
    Optional<Located<String>> cell(List<Located<String>> row, String column) {
        Integer index = columns.get(column);
        return index == null || row.get(index).value().isEmpty() ? Optional.empty() : Optional.of(row.get(index));
    }

    /** The same; what is empty is reported. */
    Optional<Located<String>> needed(List<Located<String>> row, String column, DiagnosticSink sink) {
        Optional<Located<String>> cell = cell(row, column);
        if (cell.isEmpty()) {
            Integer index = columns.get(column);
            sink.add(
                    DiagnosticId.SCHEMA_MISSING_FIELD,
                    row.get(index == null ? 0 : index).span(),
                    "the row has no " + column);
        }
        return cell;
    }

    /** A cell as a text whose characters know their places, if the cell stands there as it is read. */
    static SourceText text(Located<String> cell) {
        if (cell.span().text().equals(cell.value())) {
            return SourceText.verbatim(cell.span());
        }
        int[] offsets = new int[cell.value().length() + 1];
        Arrays.fill(offsets, cell.span().start());
        return new SourceText(cell.value(), cell.span(), offsets);
    }
}
