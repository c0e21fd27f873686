package dev.writ.compiler.syntax;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Files that people published, and what Kuma's own validation says of resources. */
class RecordedFilesTest {
    private static final Path SHARED = Path.of(requireNonNull(System.getProperty("writ.root")), "..", "shared");

    private static List<Path> files(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            System.out.println("skipped, no such folder: " + folder.normalize());
        }
        Assumptions.assumeTrue(Files.isDirectory(folder));
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(name)).sorted().toList();
        }
    }

    private static List<Diagnostic> errors(Reading reading) {
        return reading.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
    }

    @Test
    void everyPublishedAndRecordedFileIsReadWithoutAnException() throws IOException {
        int read = 0;
        for (Path path : files(SHARED, ".yaml")) {
            SourceFile file = new SourceFile(path.toString(), Files.readString(path));
            for (Diagnostic diagnostic : Reading.of(file).diagnostics()) {
                assertThat(diagnostic.id()).as(path.toString()).isNotEqualTo(DiagnosticId.SCHEMA_UNKNOWN_FIELD);
                assertThat(diagnostic.id()).as(path.toString()).isNotEqualTo(DiagnosticId.SOURCE_SYNTAX);
            }
            read++;
        }
        assertThat(read).isGreaterThan(300);
    }

    @Test
    void recordedScenariosHaveNoErrors() throws IOException {
        for (Path path : files(SHARED.resolve("kuma/scenarios"), "input.yaml")) {
            SourceFile file = new SourceFile(path.toString(), Files.readString(path));
            List<Diagnostic> errors = errors(Reading.of(file));
            // The one that Kuma refuses, too: a prefix with a trailing slash, and a match type that does not exist.
            if (path.toString().matches(".*/(21|23)-hazard-.*")) {
                assertThat(errors).as(path.toString()).hasSize(1);
            } else {
                assertThat(errors).as(path.toString()).isEmpty();
            }
        }
    }
}
