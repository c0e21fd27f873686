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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that people published, and what Kuma's own validation says of resources. */
class RecordedFilesTest {
    private static final Path SHARED = Path.of(requireNonNull(System.getProperty("writ.root")), "..", "shared");
    private static final Path CONFORMANCE = SHARED.resolve("kuma/conformance");

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
    void recordedScenariosAreInTheUniversalForm() throws IOException {
        for (Path path : files(SHARED.resolve("kuma/scenarios"), "input.yaml")) {
            SourceFile file = new SourceFile(path.toString(), Files.readString(path));
            assertThat(Reading.of(file).diagnostics())
                    .as(path.toString())
                    .isNotEmpty()
                    .allMatch(diagnostic -> diagnostic.message().contains("universal form"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mtp-validation, MeshTrafficPermission, spec.yaml",
        "mtp-validation-v214, MeshTrafficPermission, spec.yaml",
        "meshidentity-validation, MeshIdentity, input.yaml",
        "meshtrust-validation, MeshTrust, input.yaml"
    })
    void whatKumaRefusesIsRefused(String area, String kind, String name) throws IOException {
        for (Path path : files(CONFORMANCE.resolve(area), name)) {
            List<Diagnostic> errors = errors(resource(kind, path));
            Path violations = path.resolveSibling("violations.golden.yaml");
            if (Files.exists(violations) && Files.size(violations) > 0) {
                assertThat(errors).as(path.toString()).isNotEmpty();
            } else {
                // What Kuma admits is refused only because it is not supported yet, or, by the documentation that Writ
                // follows here, for want of a provider.
                assertThat(errors)
                        .as(path.toString())
                        .allMatch(diagnostic -> diagnostic.id() == DiagnosticId.SCHEMA_UNSUPPORTED
                                || diagnostic.message().equals("`spec.provider` is missing"));
            }
        }
    }

    private static Reading resource(String kind, Path spec) throws IOException {
        return Reading.of(new SourceFile(
                spec.toString(),
                "apiVersion: kuma.io/v1alpha1\nkind: " + kind + "\nmetadata: {name: x, namespace: y}\nspec:\n"
                        + Files.readString(spec).indent(2)));
    }
}
