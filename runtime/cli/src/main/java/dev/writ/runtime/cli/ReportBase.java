package dev.writ.runtime.cli;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.runtime.proof.PolicyDifference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the policies of a run are compared with: a source, as {@code writ diff} takes it; or a revision of git alone, of which each
 * feature is compared with itself.
 */
final class ReportBase {
    private final String written;
    private final boolean isRevision;

    private ReportBase(String written, boolean isRevision) {
        this.written = written;
        this.isRevision = isRevision;
    }

    /** @throws IllegalArgumentException if there is no such source and no such revision */
    static ReportBase of(String written) {
        if (Files.exists(Path.of(written))) {
            return new ReportBase(written, false);
        }
        boolean namesPath = written.contains(":");
        if (!isThere(namesPath ? written : written + ":")) {
            throw new IllegalArgumentException("`" + written + "` is no file, no folder and no revision of git");
        }
        return new ReportBase(written, !namesPath);
    }

    /** What the page shows of the comparison. */
    Map<String, @Nullable Object> difference(ReportedPolicy policy) {
        String source = isRevision ? written + ":" + fromHere(policy.features().getFirst()) : written;
        if (isRevision && !isThere(source)) {
            return Json.object(
                    "base",
                    source,
                    "equal",
                    false,
                    "words",
                    "new",
                    "text",
                    "it is not there: all of the feature is new");
        }
        DiagnosticSink sink = new DiagnosticSink();
        Compilation before = ReportedPolicy.read(source, policy.target(), sink).compile(sink);
        if (before.hasErrors() || policy.compilation().hasErrors()) {
            String reason = before.diagnostics().stream()
                    .filter(found -> found.severity() == Severity.ERROR)
                    .map(found -> found.message())
                    .findFirst()
                    .orElse("the policy has errors");
            return Json.object("base", source, "equal", false, "words", "not compared", "text", reason);
        }
        PolicyDifference difference = PolicyDifference.between(before, policy.compilation(), false);
        DifferenceText text =
                new DifferenceText(difference, new Cures(policy.compilation().diagnostics()));
        boolean equal = difference.isEquivalent().orElse(false);
        return Json.object(
                "base",
                source,
                "equal",
                equal,
                "words",
                equal ? "no difference" : text.closing().strip().replaceFirst(";.*", ""),
                "text",
                text.text().strip());
    }

    private static boolean isThere(String source) {
        return GitRevision.of(source, Path.of(""))
                .filter(at -> at.tree().exists(at.path()))
                .isPresent();
    }

    private static String fromHere(String feature) {
        return Path.of("")
                .toAbsolutePath()
                .relativize(Path.of(feature).toAbsolutePath().normalize())
                .toString();
    }
}
