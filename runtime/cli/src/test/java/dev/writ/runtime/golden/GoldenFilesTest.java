package dev.writ.runtime.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    private static final String MARK = "# made here\n";

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

    @Test
    void underAMarkOnlyMarkedFilesAreEverRemoved() throws IOException {
        GoldenFiles marked = marked();
        write("made/gone.yaml", MARK + "x\n");

        assertThat(marked.compare(produced()))
                .extracting(difference -> difference.path() + " " + difference.kind())
                .containsExactly(
                        "changed.yaml foreign", "made/gone.yaml stale", "new/new.yaml new", "old/stale.yaml foreign");
        marked.update(produced());

        assertThat(folder.resolve("made")).doesNotExist();
        assertThat(folder.resolve("old/stale.yaml")).hasContent("x");
        assertThat(folder.resolve("changed.yaml")).content().isEqualTo("one\ntwo\n");
        assertThat(folder.resolve("notes.md")).hasContent("mine");
    }

    @Test
    void theMarkIsNoPartOfWhatIsComparedAndIsPutOnWhatIsTheSameAlready() throws IOException {
        assertThat(marked().compare(produced())).extracting(Difference::path).doesNotContain("same.yaml");

        marked().update(produced());

        assertThat(folder.resolve("same.yaml")).content().isEqualTo(MARK + "a\n");
        assertThat(folder.resolve("new/new.yaml")).content().isEqualTo(MARK + "fresh\n");
        assertThat(marked().compare(produced())).extracting(Difference::path).doesNotContain("same.yaml");
    }

    @Test
    void aLinkIsReplacedAndWhatItLeadsToIsNotWritten(@TempDir Path elsewhere) throws IOException {
        Path theirs = Files.writeString(elsewhere.resolve("theirs"), "one\ntwo\n");
        Files.delete(folder.resolve("changed.yaml"));
        Files.createSymbolicLink(folder.resolve("changed.yaml"), theirs);

        golden.update(produced());

        assertThat(theirs).content().isEqualTo("one\ntwo\n");
        assertThat(folder.resolve("changed.yaml")).isRegularFile().content().isEqualTo("one\nthree\n");
    }

    @Test
    void aFolderThatLeadsOutIsRefused(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(folder.resolve("new"), elsewhere);

        assertThatThrownBy(() -> golden.update(produced())).hasMessageContaining("leads out of");
        assertThat(elsewhere).isEmptyDirectory();
    }

    private GoldenFiles marked() {
        return new GoldenFiles(folder, path -> path.endsWith(".yaml"), MARK);
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
