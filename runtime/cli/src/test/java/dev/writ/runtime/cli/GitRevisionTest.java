package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of a revision. */
class GitRevisionTest {
    @TempDir
    private Path repository;

    @BeforeEach
    void commit() throws Exception {
        Files.createDirectories(repository.resolve("policies/below"));
        Files.writeString(repository.resolve("policies/a.yaml"), "a: 1\n");
        Files.writeString(repository.resolve("policies/b.txt"), "no source\n");
        Files.writeString(repository.resolve("policies/below/c.yml"), "c: 1\n");
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

    @Test
    void aFolderGivesItsSourcesAsTheyWere() throws IOException {
        List<SourceFile> files =
                GitRevision.of("HEAD:policies", repository).orElseThrow().files(false);
        assertThat(files).extracting(SourceFile::name).containsExactly("HEAD:policies/a.yaml");
        assertThat(files).extracting(SourceFile::text).containsExactly("a: 1\n");
    }

    @Test
    void foldersInsideAreReadWhenAskedFor() throws IOException {
        assertThat(GitRevision.of("HEAD:policies", repository).orElseThrow().files(true))
                .extracting(SourceFile::name)
                .containsExactly("HEAD:policies/a.yaml", "HEAD:policies/below/c.yml");
    }

    @Test
    void aFileIsItself() throws IOException {
        assertThat(GitRevision.of("HEAD:policies/a.yaml", repository)
                        .orElseThrow()
                        .files(false))
                .extracting(SourceFile::text)
                .containsExactly("a: 1\n");
    }

    @Test
    void whatIsThereIsNoRevision() {
        assertThat(GitRevision.of("policies", repository)).isEmpty();
        assertThat(GitRevision.of("-", repository)).isEmpty();
    }

    @Test
    void aRevisionThatIsNoneIsSaid() {
        assertThatThrownBy(() -> GitRevision.of("nowhere:policies", repository)
                        .orElseThrow()
                        .files(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere:./policies");
    }
}
