package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticText;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code writ watch check} has shown: of the next findings only those are shown that are new, and those told of that are gone.
 * An error keeps later checks from being made, so nothing counts as gone while there is one.
 */
final class EarlierFindings {
    private List<Key> known = List.of();

    /** A finding as it is known again: lines move when others are edited. */
    private record Key(Diagnostic finding) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && finding.id() == key.finding.id()
                    && finding.message().equals(key.finding.message())
                    && file().equals(key.file());
        }

        @Override
        public int hashCode() {
            return finding.message().hashCode();
        }

        private String file() {
            SourceSpan span = finding.span();
            return span == null ? "" : span.file().name();
        }

        String gone() {
            String where = file().isEmpty() ? "" : file() + ": ";
            return where + "fixed: " + finding.severity() + "[" + finding.id() + "]: " + finding.message() + "\n";
        }
    }

    String changes(List<Diagnostic> found, DiagnosticText text) {
        List<Key> gone = new ArrayList<>(known);
        List<Key> now = new ArrayList<>();
        List<Diagnostic> fresh = new ArrayList<>();
        for (Diagnostic finding : found) {
            Key key = new Key(finding);
            now.add(key);
            if (!gone.remove(key)) {
                fresh.add(finding);
            }
        }
        StringBuilder changes = new StringBuilder(text.render(fresh));
        if (found.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
            now.addAll(gone);
        } else {
            gone.forEach(key -> changes.append(key.gone()));
        }
        known = now;
        return changes.toString();
    }
}
