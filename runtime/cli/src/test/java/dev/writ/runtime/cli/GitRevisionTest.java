package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.ResourceReader;
import dev.writ.compiler.syntax.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of a revision. */
class GitRevisionTest {
    private static final String WITH = "include \"groups.writ\"\nmesh default\n";
    private static final String GROUPS = """
            include "more.writ"
            trust partner {
              domain "partner.example"
              bundle file "ca.pem"
            }
            """;

    @TempDir
    private Path repository;

    @BeforeEach
    void commit() throws Exception {
        Files.createDirectories(repository.resolve("policies/below"));
        Files.writeString(repository.resolve("policies/a.yaml"), "a: 1\n");
        Files.writeString(repository.resolve("policies/b.txt"), "no source\n");
        Files.writeString(repository.resolve("policies/below/c.yml"), "c: 1\n");
        Path linked = Files.createDirectories(repository.resolve("policies/link"));
        Files.writeString(linked.resolve("with.writ"), WITH);
        Files.writeString(linked.resolve("groups.writ"), GROUPS);
        Files.writeString(linked.resolve("more.writ"), "mesh default\n");
        Files.writeString(linked.resolve("ca.pem"), "no certificate\n");
        Path out = Files.createDirectories(repository.resolve("others"));
        Files.writeString(out.resolve("out.writ"), "include \"../a.yaml\"\ninclude \"shortcut.writ\"\n");
        Files.createSymbolicLink(out.resolve("shortcut.writ"), Path.of("../policies/link/more.writ"));
        git("init", "-q");
        git("add", ".");
        git("-c", "user.name=writ", "-c", "user.email=writ@example.com", "commit", "-qm", "First");
        Files.writeString(repository.resolve("policies/a.yaml"), "a: 2\n");
    }

    private void git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private List<SourceFile> read(String source, boolean recursive, DiagnosticSink sink) {
        return new SourceReader(InputStream.nullInputStream(), recursive, named -> GitRevision.of(named, repository))
                .read(List.of(source), sink);
    }

    private List<SourceFile> read(String source, boolean recursive) {
        DiagnosticSink sink = new DiagnosticSink();
        List<SourceFile> files = read(source, recursive, sink);
        assertThat(sink.sorted()).isEmpty();
        return files;
    }

    @Test
    void aFolderGivesItsSourcesAsTheyWere() {
        List<SourceFile> files = read("HEAD:policies", false);
        assertThat(files).extracting(SourceFile::name).containsExactly("HEAD:policies/a.yaml");
        assertThat(files).extracting(SourceFile::text).containsExactly("a: 1\n");
    }

    @Test
    void foldersInsideAreReadWhenAskedFor() {
        assertThat(read("HEAD:policies", true))
                .extracting(SourceFile::name)
                .containsExactly(
                        "HEAD:policies/a.yaml",
                        "HEAD:policies/below/c.yml",
                        "HEAD:policies/link/groups.writ",
                        "HEAD:policies/link/more.writ",
                        "HEAD:policies/link/with.writ");
    }

    @Test
    void aFileIsItself() {
        assertThat(read("HEAD:./policies/../policies/a.yaml", false))
                .extracting(SourceFile::text)
                .containsExactly("a: 1\n");
    }

    @Test
    void whatAFileIncludesIsOfTheSameRevision() throws IOException {
        Files.writeString(repository.resolve("policies/link/groups.writ"), "group g { anyone }\n");
        Files.delete(repository.resolve("policies/link/more.writ"));

        assertThat(read("HEAD:policies/link/with.writ", false))
                .extracting(SourceFile::name, SourceFile::text)
                .containsExactly(
                        tuple("HEAD:policies/link/with.writ", WITH),
                        tuple("HEAD:policies/link/groups.writ", GROUPS),
                        tuple("HEAD:policies/link/more.writ", "mesh default\n"));
    }

    @Test
    void aBundleIsOfTheSameRevision() throws IOException {
        Files.delete(repository.resolve("policies/link/ca.pem"));
        DiagnosticSink sink = new DiagnosticSink();
        new ResourceReader().read(read("HEAD:policies/link/groups.writ", false).getFirst(), sink);

        // Read, and found to hold no certificate.
        assertThat(sink.sorted())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).doesNotContain("no file"));
    }

    @Test
    void aFileOutsideOrALinkIsNoneOfThem() {
        DiagnosticSink sink = new DiagnosticSink();
        read("HEAD:others", false, sink);

        assertThat(sink.sorted())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "`../a.yaml` leaves the folder that the sources are in",
                        "there is no file `shortcut.writ` beside this one",
                        "this file cannot be read");
    }

    @Test
    void theWholeTreeIsAFolderToo() {
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(read("HEAD:", true, sink)).hasSize(6);
    }

    @Test
    void whatIsThereIsNoRevision() throws IOException {
        Path odd = Files.writeString(repository.resolve("HEAD:a.yaml"), "b: 1\n");
        assertThat(read(odd.toString(), false)).extracting(SourceFile::text).containsExactly("b: 1\n");
        assertThat(GitRevision.of("-", repository)).isEmpty();
        assertThat(GitRevision.of("policies", repository)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere:policies", "HEAD:nowhere", "HEAD:policies/nowhere.yaml"})
    void aRevisionOrPathThatIsNoneIsSaid(String source) {
        DiagnosticSink sink = new DiagnosticSink();
        assertThat(read(source, false, sink)).isEmpty();

        assertThat(sink.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.message()).isEqualTo("there is no such source");
            assertThat(String.valueOf(finding.span())).startsWith(source);
        });
    }
}
