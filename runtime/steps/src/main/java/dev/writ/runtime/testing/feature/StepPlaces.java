package dev.writ.runtime.testing.feature;

import dev.writ.compiler.source.SourceSpan;
import io.cucumber.messages.types.DataTable;
import io.cucumber.messages.types.Location;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.Step;
import io.cucumber.messages.types.TableCell;
import java.util.List;
import java.util.Map;

/** Finds the steps to run in the text of their feature. */
final class StepPlaces {
    private final FeatureNodes nodes;
    private final TextLines lines;

    StepPlaces(FeatureNodes nodes, TextLines lines) {
        this.nodes = nodes;
        this.lines = lines;
    }

    StepText of(PickleStep taken) {
        return of(nodes.step(taken), nodes.placeholders(taken));
    }

    /** One of a background, which has no placeholders. */
    StepText of(Step step) {
        return of(step, Map.of());
    }

    private StepText of(Step step, Map<String, String> placeholders) {
        Location location = step.getLocation();
        String keyword = step.getKeyword();
        return new StepText(
                lines.from(
                        location.getLine(),
                        location.getColumn().orElse(1L) + keyword.codePointCount(0, keyword.length())),
                step.getDocString().map(text -> new DocStringText(lines).locate(text, placeholders)),
                step.getDataTable().map(this::cells).orElse(List.of()));
    }

    private List<List<SourceSpan>> cells(DataTable table) {
        return table.getRows().stream()
                .map(row -> row.getCells().stream().map(this::cell).toList())
                .toList();
    }

    private SourceSpan cell(TableCell cell) {
        Location location = cell.getLocation();
        return lines.at(
                location.getLine(),
                location.getColumn().orElse(1L),
                Math.max(1, cell.getValue().length()));
    }
}
