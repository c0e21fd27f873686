package dev.writ.runtime.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private GoldenFiles golden;

    @BeforeEach
    void commit() throws IOException {
        golden = new GoldenFiles(folder, path -> path.endsWith(".yaml"));
        write("same.yaml", "a\n");
        write("changed.yaml", "one\ntwo\n");
        write("old/stale.yaml", "x\n");
        write("notes.md", "mine\n");
    }

    @Test
    void eachKindOfDifferenceIsFoundWithItsDiff() throws IOException {
        assertThat(golden.compare(produced()))
                .containsExactly(
                        new Difference(
                                "changed.yaml",
                                Difference.Kind.CHANGED,
                                "--- changed.yaml\n+++ changed.yaml\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n"),
                        new Difference(
                                "new/new.yaml",
                                Difference.Kind.NEW,
                                "--- /dev/null\n+++ new/new.yaml\n@@ -0,0 +1,1 @@\n+fresh\n"),
                        new Difference(
                                "old/stale.yaml",
                                Difference.Kind.STALE,
                                "--- old/stale.yaml\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n"));
    }

    @Test
    void updateLeavesNoDifferenceAndTouchesNoFileOfOthers() throws IOException {
        golden.update(produced());

        assertThat(golden.compare(produced())).isEmpty();
        assertThat(folder.resolve("old")).doesNotExist();
        assertThat(folder.resolve("notes.md")).hasContent("mine");
    }

    @Test
    void lostLineEndIsADifference() throws IOException {
        write("changed.yaml", "one\nthree");

        assertThat(golden.compare(produced()).get(0).diff()).contains("-three\n\\ No newline at end of file\n+three\n");
    }

    @Test
    void folderThatIsNotThereYetHasEverythingNew() throws IOException {
        GoldenFiles first = new GoldenFiles(folder.resolve("first"), path -> true);

        assertThat(first.compare(produced()))
                .extracting(Difference::kind)
                .containsOnly(Difference.Kind.NEW)
                .hasSize(3);
    }

    private static SortedMap<String, String> produced() {
        return new TreeMap<>(Map.of("same.yaml", "a\n", "changed.yaml", "one\nthree\n", "new/new.yaml", "fresh\n"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
