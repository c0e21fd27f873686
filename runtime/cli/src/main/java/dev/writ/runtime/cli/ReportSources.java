package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Printable;
import dev.writ.compiler.diagnostic.SecretLines;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files that a report's places are in, so that it can show them wherever it is read. Lines that hold secrets are masked. */
final class ReportSources {
    /** Of longer files only what stands near a place is shown. */
    private static final int LONG = 3_000;

    private static final int NEAR = 8;

    private final SortedMap<String, SourceFile> files = new TreeMap<>();
    private final SortedMap<String, NavigableSet<Integer>> places = new TreeMap<>();

    /** Takes the file, and gives the place for the page; null for none. */
    @Nullable
    Map<String, @Nullable Object> place(@Nullable SourceSpan span) {
        if (span != null) {
            add(span.file());
            places.computeIfAbsent(span.file().name(), name -> new TreeSet<>())
                    .add(span.startPosition().line());
        }
        return DiagnosticJson.location(span);
    }

    /** The place of a line in a feature, which is taken before. */
    Map<String, @Nullable Object> place(String file, int line) {
        places.computeIfAbsent(file, name -> new TreeSet<>()).add(line);
        return Json.object("file", file, "line", line);
    }

    void add(SourceFile file) {
        files.putIfAbsent(file.name(), file);
    }

    /** Each with its lines: their numbers, 0 where some are left out, and texts. */
    List<Map<String, @Nullable Object>> json() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        files.forEach((name, file) ->
                all.add(Json.object("file", name, "lines", lines(file, places.getOrDefault(name, new TreeSet<>())))));
        return all;
    }

    private static List<List<Object>> lines(SourceFile file, NavigableSet<Integer> near) {
        SecretLines secrets = SecretLines.of(file);
        List<List<Object>> lines = new ArrayList<>();
        boolean skipped = false;
        for (int line = 1; line <= file.lineCount(); line++) {
            if (file.lineCount() > LONG
                    && near.subSet(line - NEAR, line + NEAR + 1).isEmpty()) {
                skipped = true;
                continue;
            }
            if (skipped) {
                lines.add(List.of(0, ""));
                skipped = false;
            }
            lines.add(List.of(
                    line,
                    secrets.contains(line) ? "(masked: this line holds a secret)" : Printable.line(file.line(line))));
        }
        return lines;
    }
}
