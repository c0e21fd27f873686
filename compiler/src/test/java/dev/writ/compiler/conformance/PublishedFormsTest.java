package dev.writ.compiler.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms in which resources are published and printed: none of them is an error but for what a version lacks. */
final class PublishedFormsTest {

    static Stream<Path> files() throws IOException, URISyntaxException {
        Path folder = Path.of(requireNonNull(PublishedFormsTest.class.getResource("/published-forms"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFormIsNoErrorByItself(Path file) throws IOException {
        for (Target target : Target.values()) {
            assertThat(errors(file, target)).as(target.id()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void allOfThemAreReadTogether(Target target) throws IOException, URISyntaxException {
        List<SourceFile> sources = files().map(PublishedFormsTest::source).toList();
        assertThat(PolicyCompiler.compile(sources, List.of(), ModelOptions.DEFAULT.withTarget(target))
                        .diagnostics())
                .extracting(Diagnostic::id)
                .contains(DiagnosticId.SOURCE_IGNORED, DiagnosticId.SOURCE_UNSUPPORTED);
    }

    private static List<Diagnostic> errors(Path file, Target target) {
        return PolicyCompiler.compile(List.of(source(file)), List.of(), ModelOptions.DEFAULT.withTarget(target))
                .diagnostics()
                .stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .filter(finding -> finding.id() != DiagnosticId.TARGET_UNSUPPORTED)
                .toList();
    }

    private static SourceFile source(Path file) {
        try {
            return new SourceFile(requireNonNull(file.getFileName()).toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
