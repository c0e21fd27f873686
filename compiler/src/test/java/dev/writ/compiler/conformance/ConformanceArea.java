package dev.writ.compiler.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * One area of the recorded Kuma conformance suite: runs each of its cases and prints how many were met.
 *
 * <p>A case that Writ does not meet is listed in {@code conformance-exclusions.txt} with its reason and counts as skipped. It
 * is run all the same: an exclusion of a case that is met, or that does not exist, fails, so that the list stays true.
 */
public final class ConformanceArea {
    private static final Path SUITE =
            Path.of(requireNonNull(System.getProperty("writ.root")), "..", "shared", "kuma", "conformance");
    private static final String EXCLUSIONS = "/conformance-exclusions.txt";
    private static final YAMLMapper YAML = new YAMLMapper();

    /** One recorded case: a folder with files. */
    public record Case(String name, Path folder) {

        /** A file of the case as one YAML document. */
        public JsonNode yaml(String file) throws IOException {
            return YAML.readTree(text(file));
        }

        /** The documents of a file that are not empty; none where the case has no such file. */
        public List<JsonNode> yamls(String file) throws IOException {
            List<JsonNode> documents = new ArrayList<>();
            if (has(file)) {
                try (MappingIterator<JsonNode> all =
                        YAML.readerFor(JsonNode.class).readValues(text(file))) {
                    all.forEachRemaining(document -> {
                        if (document.isObject()) {
                            documents.add(document);
                        }
                    });
                }
            }
            return documents;
        }

        public String text(String file) throws IOException {
            return Files.readString(folder.resolve(file));
        }

        public boolean has(String file) {
            return Files.exists(folder.resolve(file));
        }
    }

    /** What a case demands; throws an {@link AssertionError} where it is not met. */
    public interface Demand {
        void check(Case one) throws IOException;
    }

    private final String name;

    private ConformanceArea(String name) {
        this.name = name;
    }

    public static ConformanceArea of(String name) {
        return new ConformanceArea(name);
    }

    /** Runs all cases; skips the test, with a line that says so, where the suite is not there. */
    public void verify(Demand demand) throws IOException {
        if (!Files.isDirectory(SUITE)) {
            System.out.println("conformance " + name + ": skipped, there is no recorded suite beside the project");
            Assumptions.abort("no recorded suite");
        }
        Map<String, String> excluded = exclusions();
        List<String> failures = new ArrayList<>();
        int passed = 0;
        int skipped = 0;
        for (Case one : cases()) {
            boolean isExcluded = excluded.remove(one.name()) != null;
            String failure = failureOf(one, demand);
            if (failure == null && isExcluded) {
                failures.add(one.name() + ": is met, so it is excluded for no reason");
            } else if (failure == null) {
                passed++;
            } else if (isExcluded) {
                skipped++;
            } else {
                failures.add(one.name() + ": " + failure);
            }
        }
        excluded.keySet().forEach(missing -> failures.add(missing + ": is excluded and does not exist"));
        System.out.println("conformance " + name + ": " + passed + " passed, " + failures.size() + " failed, " + skipped
                + " skipped");
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }

    private List<Case> cases() throws IOException {
        try (Stream<Path> folders = Files.list(SUITE.resolve(name))) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(folder -> new Case(folder.getFileName().toString(), folder))
                    .toList();
        }
    }

    // A crash is a failure of its case, not of the run: the counts must still be printed.
    @SuppressWarnings("CatchingUnchecked")
    private static @Nullable String failureOf(Case one, Demand demand) throws IOException {
        try {
            demand.check(one);
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e.toString().strip();
        }
    }

    private Map<String, String> exclusions() {
        Map<String, String> reasons = new TreeMap<>();
        try (InputStream in = requireNonNull(ConformanceArea.class.getResourceAsStream(EXCLUSIONS))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int colon = line.indexOf(": ");
                if (line.startsWith(name + "/") && colon > 0) {
                    reasons.put(line.substring(name.length() + 1, colon), line.substring(colon + 2));
                } else if (!line.startsWith("#") && !line.isBlank() && colon < 0) {
                    throw new IllegalStateException("an exclusion without a reason: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reasons;
    }
}
