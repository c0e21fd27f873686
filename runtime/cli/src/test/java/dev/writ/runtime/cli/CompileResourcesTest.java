package dev.writ.runtime.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code writ compile --target resources}. */
final class CompileResourcesTest {
    private static final Path DEMO = Path.of(requireNonNull(System.getProperty("writ.root")), "features", "kuma-demo");

    @TempDir
    private Path out = Path.of("");

    @Test
    void aModelIsWrittenAsKumasResourcesForAllWorkloadsTogether() throws IOException {
        CommandRun run = CommandRun.of("compile", DEMO, "--target", "resources", "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("3 workloads compiled for resources");
        assertThat(Files.readString(out.resolve("mesh-traffic-permission.yaml")))
                .contains("kind: MeshTrafficPermission", "spiffe://default.default.mesh.local/ns/kuma-demo");
        assertThat(Files.readString(out.resolve("mesh-identity.yaml"))).contains("kind: MeshIdentity");
    }

    @Test
    void filesOfAnotherTargetAreRemoved() throws IOException {
        assertThat(CommandRun.of("compile", DEMO, "--target", "kuma-3", "--out", out)
                        .exit())
                .isZero();
        assertThat(CommandRun.of("compile", DEMO, "--target", "resources", "--out", out)
                        .out())
                .contains("snapshot.yaml: removed");
        assertThat(out.resolve("kuma-demo")).doesNotExist();
    }

    @Test
    void aSingleWorkloadHasNoResources() {
        CommandRun run = CommandRun.of("compile", DEMO, "--target", "resources", "--workload", "kv", "--out", out);
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("written for all workloads together");
    }

    @Test
    void whatKuma3HasNoWordForIsRefused() throws IOException {
        Path legacy = out.resolve("legacy.yaml");
        Files.writeString(legacy, """
                type: MeshTrafficPermission
                mesh: default
                name: legacy
                spec:
                  from:
                  - targetRef: {kind: MeshService, name: web}
                    default: {action: Allow}
                """);
        CommandRun run = CommandRun.of("compile", legacy, "--target", "resources", "--out", out.resolve("o"));
        assertThat(run.exit()).isEqualTo(ExitCode.NO);
        assertThat(run.err()).contains("error[target.unsupported]");
        assertThat(out.resolve("o")).doesNotExist();
    }
}
