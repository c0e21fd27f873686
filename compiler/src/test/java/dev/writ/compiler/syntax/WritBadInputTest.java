package dev.writ.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no author means to write, and a build meets: each is findings, and never a stack that overflows. */
final class WritBadInputTest {
    private static final String RULE = "permission p on workloads {\n  allow anyone\n}\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "permission p on workloads {\n",
                "issue bundled {",
                "allow spiffe://td/{",
                "\"",
                "}",
                "group g { group ",
                "a = ",
                "\\"
            })
    void tenThousandLevelsAreAnError(String level) {
        assertThat(errors(level.repeat(10_000))).isNotEmpty();
        assertThat(errors("permission p on workloads {\n" + level.repeat(10_000)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u202e', '\u2066', '\u200f', '\u200b', '\u061c', '\u0007', '\u0000', '\u2028', '\ufeff'})
    void aHiddenCharacterIsRefusedByItsName(char hidden) {
        assertThat(errors("# harmless " + hidden + "\n" + RULE)).singleElement().satisfies(error -> {
            assertThat(error.id()).isEqualTo(DiagnosticId.SOURCE_HIDDEN_CHARACTER);
            assertThat(error.message()).contains(String.format("U+%04X", (int) hidden));
        });
    }

    @Test
    void aByteOrderMarkCarriageReturnsAndTabsAreFine() throws IOException {
        Path file = folder.resolve("p.writ");
        Files.writeString(file, "\ufeff" + RULE.replace("\n", "\r\n").replace("  ", "\t"));
        assertThat(read(file)).isEmpty();
        Files.writeString(file, RULE.replace("\n", "\r"));
        assertThat(read(file)).isEmpty();
    }

    @Test
    void aFileThatIsNoTextIsOneFinding() throws IOException {
        Path file = folder.resolve("p.writ");
        for (byte[] bytes : List.of(
                "group g {\n anyone\0 }".getBytes(StandardCharsets.UTF_8),
                new byte[] {'m', 'e', 's', 'h', ' ', (byte) 0xc3, (byte) 0x28},
                RULE.getBytes(StandardCharsets.UTF_16))) {
            Files.write(file, bytes);
            assertThat(read(file))
                    .singleElement()
                    .satisfies(error -> assertThat(error.id()).isEqualTo(DiagnosticId.SOURCE_UNREADABLE));
        }
    }

    @Test
    void aHundredMegabytesAreNotRead() throws IOException {
        Path file = folder.resolve("p.writ");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(100L * 1024 * 1024);
        }
        assertThat(read(file))
                .singleElement()
                .satisfies(error -> assertThat(error.id()).isEqualTo(DiagnosticId.SOURCE_TOO_LARGE));
    }

    @Test
    void aLongChainOfIncludesIsFollowedAndACycleAtItsEndFound() throws IOException {
        int files = 2000;
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve(i + ".writ"), "include \"" + (i + 1) % files + ".writ\"\n");
        }
        assertThat(read(folder.resolve("0.writ"))).singleElement().satisfies(error -> {
            assertThat(error.id()).isEqualTo(DiagnosticId.WRIT_INCLUDE);
            assertThat(error.message()).startsWith("files that include each other: ");
        });
    }

    @Test
    void anIncludeStaysInTheFolderThatWasGiven() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("policies").resolve("team"));
        Files.writeString(folder.resolve("outside.writ"), RULE);
        Files.writeString(folder.resolve("policies").resolve("common.writ"), RULE);
        Files.createSymbolicLink(inside.resolve("link.writ"), folder.resolve("outside.writ"));
        Path file = inside.resolve("p.writ");
        for (String path : List.of("../../outside.writ", "/etc/hostname", "link.writ", "../common.writ", "")) {
            Files.writeString(file, "include \"" + path + "\"\n");
            assertThat(read(file))
                    .as(path)
                    .singleElement()
                    .satisfies(error -> assertThat(error.id()).isEqualTo(DiagnosticId.WRIT_INCLUDE));
        }
        Files.delete(inside.resolve("link.writ"));
        Files.writeString(file, "include \"../common.writ\"\n");
        DiagnosticSink sink = new DiagnosticSink();
        new SourceReader(InputStream.nullInputStream(), true)
                .read(List.of(folder.resolve("policies").toString()), sink);
        assertThat(sink.sorted()).isEmpty();
    }

    private static List<Diagnostic> errors(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        WritParser.parse(new SourceFile("f", text), sink);
        return sink.sorted();
    }

    private static List<Diagnostic> read(Path file) {
        DiagnosticSink sink = new DiagnosticSink();
        List<SourceFile> files =
                new SourceReader(InputStream.nullInputStream(), false).read(List.of(file.toString()), sink);
        new ResourceReader().read(files, sink);
        return sink.sorted();
    }
}
