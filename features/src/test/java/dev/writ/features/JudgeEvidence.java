package dev.writ.features;

import dev.writ.runtime.testing.TestRun;
import io.cucumber.java.AfterAll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Leaves in {@code target/judges.txt} how many verdicts each judge gave, for whoever must be sure that a real Envoy took part;
 * where {@code CI} is true that is us: without Envoy's verdicts the run fails. Judges that did not give one verdict each of every
 * call fail it anywhere.
 */
public final class JudgeEvidence {
    private static final Path FILE = Path.of("target", "judges.txt");
    /** Before the steps' own hook, which ends the run. */
    private static final int FIRST = 20_000;

    @AfterAll(order = FIRST)
    public static void write() throws IOException {
        SortedMap<String, Integer> verdicts = TestRun.current().verdicts();
        Files.createDirectories(FILE.getParent());
        Files.writeString(
                FILE,
                verdicts.entrySet().stream()
                        .map(judge -> judge.getKey() + " " + judge.getValue() + "\n")
                        .collect(Collectors.joining()));
        if (verdicts.values().stream().distinct().count() > 1) {
            throw new AssertionError("features: some judge gave fewer verdicts: " + verdicts);
        }
        if (!verdicts.containsKey("envoy")) {
            String line = "features: no verdict of a real Envoy; judged by " + String.join(" and ", verdicts.keySet());
            System.out.println(line);
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(line);
            }
        }
    }
}
