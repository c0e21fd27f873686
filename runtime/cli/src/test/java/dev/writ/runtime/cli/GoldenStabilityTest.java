package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pull request shows of a change: the files that it is about, and no others. */
class GoldenStabilityTest {
    private static final String POLICY = """
            identity all {
              id "spiffe://shop.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
              issue bundled { autogenerate self-signed }
            }

            workload shop/web {
              service-account web
              label app = "web"
              port 8080
            }

            workload shop/db {
              service-account db
              label app = "db"
              port 5432
            }

            permission db-callers on workloads where app = "db" {
              allow workloads where app = "web"
            }
            """;
    private static final String UNRELATED = """

            workload aaa/first {
              service-account first
              label app = "other"
              port 9000
            }
            """;

    @TempDir
    private Path temporary;

    private Path policy = Path.of("");
    private Path golden = Path.of("");

    @BeforeEach
    void place() throws IOException {
        policy = Files.writeString(temporary.resolve("policy.writ"), POLICY);
        golden = temporary.resolve("golden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"envoy", "kuma-2.12", "kuma-2.13", "kuma-2.14", "kuma-3"})
    void aWorkloadThatComesOrGoesChangesItsOwnFilesOnly(String target) throws IOException {
        update("--target", target);
        SortedMap<String, String> before = committed();

        Files.writeString(policy, POLICY + UNRELATED);
        update("--target", target);
        SortedMap<String, String> with = committed();
        assertThat(with.keySet()).hasSizeGreaterThan(before.size());
        with.keySet().removeIf(path -> path.startsWith("aaa/"));
        assertThat(with).isEqualTo(before);

        Files.writeString(policy, POLICY);
        update("--target", target);
        assertThat(committed()).isEqualTo(before);
        assertThat(golden.resolve("aaa")).doesNotExist();
    }

    @Test
    void theOrderOfDeclarationsChangesNothing() throws IOException {
        update();
        SortedMap<String, String> before = committed();

        int permission = POLICY.indexOf("permission");
        Files.writeString(policy, POLICY.substring(permission) + "\n" + POLICY.substring(0, permission));

        assertThat(run(Map.of())).isEqualTo(ExitCode.FINE);
        assertThat(committed()).isEqualTo(before);
    }

    @Test
    void severalTargetsHaveAFolderEachAndTheOneBeforeIsStale() throws IOException {
        update("--target", "kuma-2.13");
        assertThat(committed().keySet()).containsExactly("shop/db/snapshot.yaml", "shop/web/snapshot.yaml");

        update("--target", "kuma-2.13", "--target", "kuma-2.14");

        assertThat(committed().keySet())
                .containsExactly(
                        "kuma-2.13/shop/db/snapshot.yaml",
                        "kuma-2.13/shop/web/snapshot.yaml",
                        "kuma-2.14/shop/db/snapshot.yaml",
                        "kuma-2.14/shop/web/snapshot.yaml");
    }

    @Test
    void underCiNothingIsUpdated() {
        assertThat(run(Map.of("CI", "true"), "--update")).isEqualTo(ExitCode.USAGE);
        assertThat(golden).doesNotExist();
    }

    @Test
    void theCommandThatAcceptsCanBeCopiedWhateverTheNamesAre() throws IOException {
        policy = Files.move(policy, temporary.resolve("the team's policy.writ"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        run(Map.of(), new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("writ golden '" + temporary + "/the team'\\''s policy.writ' --dir ");
    }

    private void update(String... options) {
        String[] words =
                Stream.concat(Stream.of(options), Stream.of("--update")).toArray(String[]::new);
        assertThat(run(Map.of(), words)).isEqualTo(ExitCode.FINE);
    }

    private int run(Map<String, String> environment, String... options) {
        return run(environment, new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8), options);
    }

    private int run(Map<String, String> environment, PrintStream err, String... options) {
        PrintStream out = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Stream<String> words = Stream.of("golden", policy.toString(), "--dir", golden.toString());
        return new WritCli(InputStream.nullInputStream(), out, err, environment)
                .run(Stream.concat(words, Stream.of(options)).toArray(String[]::new));
    }

    private SortedMap<String, String> committed() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(golden)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(golden.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
