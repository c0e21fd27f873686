package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    private final DiagnosticSink sink = new DiagnosticSink();

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        write("b.yaml", "b: 1");
        write("a.yml", "a: 1");
        write("c.json", "{}");
        write("d.writ", "d");
        write("e.feature", "Feature: e");
        write("readme.md", "text");
        write(".hidden.yaml", "x: 1");
        write("sub/s.yaml", "s: 1");
        write(".git/g.yaml", "g: 1");
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte... bytes) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes);
    }

    private List<SourceFile> read(boolean recursive, Object... sources) {
        InputStream input = new ByteArrayInputStream("from: stdin".getBytes(StandardCharsets.UTF_8));
        List<String> names = Arrays.stream(sources).map(Object::toString).toList();
        return new SourceReader(input, recursive).read(names, sink);
    }

    /** The names of what was read, from the folder on. */
    private List<String> names(List<SourceFile> files) {
        return files.stream().map(file -> file.name().replace(folder + "/", "")).toList();
    }

    private List<String> findings() {
        return sink.sorted().stream()
                .map(diagnostic -> String.valueOf(diagnostic.span()).replace(folder + "/", "") + " " + diagnostic.id()
                        + " " + diagnostic.message())
                .toList();
    }

    @Test
    void aFolderGivesItsSourcesInTheOrderOfTheirNames() {
        List<SourceFile> files = read(false, folder);
        assertThat(names(files)).containsExactly("a.yml", "b.yaml", "c.json", "d.writ");
        assertThat(files).noneMatch(SourceFile::named);
        assertThat(sink.sorted()).isEmpty();
    }

    @Test
    void recursionGoesIntoFoldersThatAreNotHidden() {
        assertThat(names(read(true, folder))).containsExactly("a.yml", "b.yaml", "c.json", "d.writ", "sub/s.yaml");
    }

    @Test
    void recursionDoesNotFollowLinksToFolders() throws IOException {
        Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
        assertThat(names(read(true, folder))).hasSize(5);
    }

    @Test
    void namedFilesAreReadWhateverTheyAreCalled() {
        List<SourceFile> files = read(false, folder.resolve("e.feature"), folder.resolve("readme.md"));
        assertThat(names(files)).containsExactly("e.feature", "readme.md");
        assertThat(files).allMatch(SourceFile::named);
    }

    @Test
    void aFileGivenTwiceIsReadOnce() {
        List<SourceFile> files =
                read(false, folder.resolve("b.yaml"), folder.resolve("sub/../b.yaml"), folder, "-", "-");
        assertThat(names(files)).containsExactly("b.yaml", "a.yml", "c.json", "d.writ", "<stdin>");
    }

    @Test
    void standardInputIsASource() {
        List<SourceFile> files = read(false, "-");
        assertThat(files.getFirst().name()).isEqualTo("<stdin>");
        assertThat(files.getFirst().text()).isEqualTo("from: stdin");
        assertThat(files.getFirst().named()).isTrue();
    }

    @Test
    void namesAreThePathsAsGiven() {
        Path here = Path.of("").toAbsolutePath().relativize(folder);
        assertThat(read(false, here).getFirst().name())
                .isEqualTo(here.resolve("a.yml").toString());
    }

    @Test
    void whatIsNotThereIsOneFindingAndTheOthersAreRead() {
        List<SourceFile> files = read(false, folder.resolve("nope"), folder.resolve("b.yaml"), "main:policies", "a\0b");
        assertThat(names(files)).containsExactly("b.yaml");
        assertThat(findings())
                .containsExactlyInAnyOrder(
                        "nope:1:1 source.unreadable there is no such source",
                        "main:policies:1:1 source.unreadable there is no such source",
                        "a\0b:1:1 source.unreadable there is no such source");
    }

    @Test
    void aNameThatIsNearlyOneOfTheFolderIsProposed() {
        assertThat(read(false, folder.resolve("b.yml"))).isEmpty();
        assertThat(sink.sorted())
                .extracting(Diagnostic::help)
                .containsExactly("did you mean `" + folder.resolve("b.yaml") + "`?");
    }

    @Test
    void aFolderWithoutSourcesIsAFinding() throws IOException {
        Files.createDirectories(folder.resolve("empty/deeper"));
        assertThat(read(false, folder.resolve("empty"))).isEmpty();
        assertThat(findings()).containsExactly("empty:1:1 source.unreadable this folder holds no source");
    }

    @Test
    void binaryFilesAreRefused() throws IOException {
        write("b.yaml", (byte) 'a', (byte) 0, (byte) 'b');
        write("u.yaml", (byte) 0xFF, (byte) 0xFE, (byte) 'a', (byte) 0);
        assertThat(read(false, folder.resolve("b.yaml"), folder.resolve("u.yaml")))
                .isEmpty();
        assertThat(findings())
                .containsExactly(
                        "b.yaml:1:1 source.unreadable a binary file", "u.yaml:1:1 source.unreadable a text in UTF-16");
    }

    @Test
    void aByteThatIsNotUtf8IsUnderlined() throws IOException {
        byte[] latin = "a: é\nb: Jürgen\n".getBytes(StandardCharsets.ISO_8859_1);
        write("l.yaml", latin);
        write("m.yaml", "a: é\nb: x".getBytes(StandardCharsets.UTF_8));
        assertThat(read(false, folder.resolve("l.yaml"), folder.resolve("m.yaml")))
                .hasSize(1);
        assertThat(findings()).containsExactly("l.yaml:1:4 source.unreadable a byte that is not UTF-8");
    }

    @Test
    void aCharacterCutOffAtTheEndIsNoUtf8() throws IOException {
        write("cut.yaml", (byte) 'a', (byte) 0xC3);
        read(false, folder.resolve("cut.yaml"));
        assertThat(findings()).containsExactly("cut.yaml:1:2 source.unreadable a byte that is not UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        write("bom.yaml", "\uFEFFa: 1");
        assertThat(read(false, folder.resolve("bom.yaml")).getFirst().text()).isEqualTo("a: 1");
    }

    @Test
    void aFileOfFiftyMegabytesIsRefusedWithoutReadingIt() throws IOException {
        Path large = folder.resolve("large.yaml");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(50L * 1024 * 1024);
        }
        Assertions.assertTimeout(Duration.ofSeconds(1), () -> read(false, large, folder));
        assertThat(findings()).containsExactly("large.yaml:1:1 source.too-large over the limit of 32 MiB for a source");
    }

    @Test
    void endlessInputIsRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                Arrays.fill(bytes, from, from + length, (byte) ' ');
                return length;
            }
        };
        assertThat(new SourceReader(endless, false).read(List.of("-"), sink)).isEmpty();
        assertThat(findings()).containsExactly("<stdin>:1:1 source.too-large over the limit of 32 MiB for a source");
    }

    @Test
    void aBrokenLinkIsAFindingAndAFolderNamedLikeAFileIsNot() throws IOException {
        Files.createSymbolicLink(folder.resolve("z.yaml"), folder.resolve("gone"));
        Files.createDirectories(folder.resolve("y.yaml"));
        assertThat(read(false, folder)).hasSize(4);
        assertThat(findings()).containsExactly("z.yaml:1:1 source.unreadable this file cannot be read");
    }

    @Test
    void theFolderOfAHelmChartIsOneFinding() throws IOException {
        write("chart/Chart.yaml", "name: x");
        write("chart/values.yaml", "a: 1");
        write("chart/templates/a.yaml", "{{ .Values.a }}");
        assertThat(read(true, folder.resolve("chart"))).isEmpty();
        assertThat(read(false, folder.resolve("chart/templates"))).isEmpty();
        assertThat(findings())
                .containsExactly(
                        "chart/Chart.yaml:1:1 source.unrendered a Helm chart that has not been rendered",
                        "chart/templates:1:1 source.unrendered a Helm chart that has not been rendered");
    }
}
