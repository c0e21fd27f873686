package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Config dumps of proxies of real control planes are decided by, every one of them. */
class DecideRecordedProxiesTest {
    private static final Path SCENARIOS = Path.of(System.getProperty("writ.root", "."), "..", "shared/kuma/scenarios");
    private static final String TABLE = """
            requests:
              - {tls: {uri_sans: ["spiffe://default.default.mesh.local/ns/kuma-demo/sa/demo-app"], alpn: [kuma]}, destination_port: 5050}
              - {tls: anonymous, destination_port: 5050}
              - {tls: plaintext, destination_port: 5050}
            """;

    @TempDir
    private Path folder;

    static List<Path> dumps() throws IOException {
        if (!Files.isDirectory(SCENARIOS)) {
            return List.of(Path.of("none"));
        }
        try (Stream<Path> files = Files.walk(SCENARIOS)) {
            return files.filter(file -> file.getFileName().toString().matches("envoy-.*\\.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void aDumpIsDecidedBy(Path dump) throws IOException {
        assumeTrue(Files.isRegularFile(dump), "the recorded proxies are not at hand");
        Path table = Files.writeString(folder.resolve("requests.yaml"), TABLE);
        CommandRun run = CommandRun.of("decide", dump, "--requests", table);
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("3 requests decided");
    }

    @Test
    void theDemoAppComesInAndPlaintextDoesNot() throws IOException {
        Path dump = SCENARIOS.resolve("01-mid-bundled-prefix/envoy-kv-1.json");
        assumeTrue(Files.isRegularFile(dump), "the recorded proxies are not at hand");
        Path table = Files.writeString(folder.resolve("requests.yaml"), TABLE);
        assertThat(CommandRun.of("decide", dump, "--requests", table)
                        .out()
                        .lines()
                        .toList())
                .satisfiesExactly(
                        first -> assertThat(first).contains("ALLOW  request 0  by `kri_mtp_default_default__mtp_`"),
                        second -> assertThat(second).contains("DENY  request 1  refused by TLS: no client certificate"),
                        third -> assertThat(third).contains("DENY  request 2  refused by TLS: plaintext"),
                        closing -> assertThat(closing).isEqualTo("3 requests decided"));
    }
}
