package dev.writ.runtime.testing.steps;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.testing.feature.StepText;
import io.cucumber.datatable.DataTable;
import java.util.ArrayList;
import java.util.List;

/** A table's cells with their places. */
final class TableCells {
    private TableCells() {}

    static List<List<Located<String>>> of(DataTable table, StepText step) {
        List<List<Located<String>>> rows = new ArrayList<>();
        for (int i = 0; i < table.height(); i++) {
            List<Located<String>> row = new ArrayList<>();
            for (int j = 0; j < table.width(); j++) {
                String value = table.row(i).get(j);
                SourceSpan place = step.cells().get(i).get(j);
                // Cucumber reads an empty cell as null.
                row.add(new Located<>(value == null ? "" : value, place));
            }
            rows.add(row);
        }
        return rows;
    }
}
