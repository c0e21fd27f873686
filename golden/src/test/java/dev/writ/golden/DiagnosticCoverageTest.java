package dev.writ.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every kind of finding is unique, shown by a case, and explained in the documentation. */
class DiagnosticCoverageTest {
    private static final Path ROOT = Path.of(System.getProperty("writ.root", ".."));
    private static final Pattern SHOWN = Pattern.compile("(?:error|warning|note)\\[([a-z.-]+)]");
    private static final Pattern EXPLAINED = Pattern.compile("(?m)^### `([a-z.-]+)`$");

    private static final List<String> IDS =
            Arrays.stream(DiagnosticId.values()).map(DiagnosticId::id).toList();

    @Test
    void idsAreUniqueAndDotted() {
        assertThat(IDS).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*"));
    }

    @Test
    void everyIdIsProducedByACase() throws IOException {
        SortedSet<String> shown = new TreeSet<>();
        for (GoldenCase golden : GoldenCase.all(ROOT)) {
            golden.committed().values().forEach(text -> shown.addAll(found(SHOWN, text)));
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(IDS);
    }

    @Test
    void everyIdIsExplainedInTheDocumentation() throws IOException {
        assertThat(found(EXPLAINED, Files.readString(ROOT.resolve("docs/diagnostics.md"))))
                .containsExactlyInAnyOrderElementsOf(IDS);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
