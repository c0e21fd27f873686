package dev.writ.compiler.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Policies that people have published, read as they are: what is found in them is listed in {@code published-findings.txt}, each
 * with the reason why it is no false alarm. A finding that is not listed fails, and so does a listed one that is not made.
 */
final class PublishedPoliciesTest {
    private static final Path PUBLISHED =
            Path.of(requireNonNull(System.getProperty("writ.root")), "..", "shared", "realworld");

    /** A finding by what is underlined, and not by its place. Equal ones of one file count once. */
    private record Finding(String file, Target target, String id, String underlined) implements Comparable<Finding> {
        @Override
        public String toString() {
            return String.join(" | ", file, target.id(), id, underlined);
        }

        @Override
        public int compareTo(Finding other) {
            return toString().compareTo(other.toString());
        }
    }

    @Test
    void whatIsFoundInPublishedPoliciesIsNoFalseAlarm() throws IOException {
        SortedSet<Finding> found = new TreeSet<>();
        for (Path file : files()) {
            SourceFile source =
                    new SourceFile(PUBLISHED.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            for (Target target : Target.values()) {
                PolicyCompiler.compile(List.of(source), List.of(), ModelOptions.DEFAULT.withTarget(target))
                        .diagnostics()
                        .forEach(finding -> found.add(
                                new Finding(source.name(), target, finding.id().id(), underlined(finding))));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected());
    }

    private static String underlined(Diagnostic finding) {
        return finding.span() == null
                ? ""
                : finding.span().text().lines().findFirst().orElse("");
    }

    private static List<Path> files() throws IOException {
        if (!Files.isDirectory(PUBLISHED)) {
            Assumptions.abort("no published policies");
        }
        try (Stream<Path> files = Files.walk(PUBLISHED)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static SortedSet<Finding> expected() throws IOException {
        SortedSet<Finding> expected = new TreeSet<>();
        try (InputStream in =
                requireNonNull(PublishedPoliciesTest.class.getResourceAsStream("/published-findings.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] cells = line.split(" {2,}", -1);
                    assertThat(cells).as(line).hasSize(5);
                    assertThat(cells[4]).as("the reason of " + line).isNotBlank();
                    targets(cells[1])
                            .forEach(target -> expected.add(new Finding(cells[0], target, cells[2], cells[3])));
                }
            }
        }
        return expected;
    }

    private static Stream<Target> targets(String cell) {
        return cell.equals("all")
                ? Arrays.stream(Target.values())
                : Arrays.stream(cell.split(" ")).map(id -> Target.of(id).orElseThrow());
    }
}
