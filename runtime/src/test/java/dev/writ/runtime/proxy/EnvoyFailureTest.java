package dev.writ.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Verdict.Decision;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is an error of one line, and leaves no process and no key behind. */
class EnvoyFailureTest {
    private static final WorkloadKey KV = new WorkloadKey("default", "default", "Deployment", "kuma-demo", "kv");
    private static final Call CALL =
            new Call(new Caller.Certificate(List.of(Policies.ID + "/a")), KV, 5050, null, null, null);

    @TempDir
    Path folder;

    @Test
    void aTextFileIsNoEnvoy() throws Exception {
        Path text = executable("this is no program\n");
        EnvoyFailure failure = startFails(text, snapshots());
        assertThat(failure.line()).startsWith("Envoy (`" + text + "`) did not start: exit status 127");
        assertThat(failure.line().lines()).hasSize(1);
    }

    @Test
    void aProgramForAnotherMachineIsNoEnvoy() throws Exception {
        Path foreign = executable("");
        Files.write(
                foreign, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, (byte) 0xf3, 0});
        EnvoyFailure failure = startFails(foreign, snapshots());
        assertThat(failure.line()).contains(foreign.toString());
        assertThat(failure.line().lines()).hasSize(1);
        assertThat(startFails(folder, snapshots()).line())
                .isEqualTo("cannot start Envoy: `" + folder + "` is not a program for this machine");
    }

    @Test
    void aConfigThatEnvoyRefusesIsItsOwnWords() {
        Snapshot snapshot = snapshots().getFirst();
        Bootstrap.Builder broken = snapshot.bootstrap().toBuilder();
        broken.getStaticResourcesBuilder()
                .getListenersBuilder(0)
                .getFilterChainsBuilder(0)
                .clearTransportSocket();
        broken.getStaticResourcesBuilder()
                .getListenersBuilder(0)
                .addFilterChains(broken.getStaticResourcesBuilder()
                        .getListenersBuilder(0)
                        .getFilterChains(0));
        EnvoyFailure failure = startFails(
                RealEnvoy.require(),
                List.of(new Snapshot(snapshot.workload(), broken.build(), snapshot.identity(), snapshot.trust())));
        assertThat(failure.line()).contains("did not start: exit status 1", "has the same matching rules");
        assertThat(failure.log()).contains("has the same matching rules");
    }

    @Test
    void anEnvoyThatEndsIsAnErrorAndNoDeny() {
        try (EnvoyJudge judge = EnvoyJudge.start(RealEnvoy.require(), snapshots(), Map.of())) {
            assertThat(judge.judge(CALL).decision()).isEqualTo(Decision.ALLOW);
            ProcessHandle envoy = ProcessHandle.of(judge.process().pid()).orElseThrow();
            envoy.destroyForcibly();
            assertThatThrownBy(() -> judge.judge(CALL)).isInstanceOf(EnvoyFailure.class);
            envoy.onExit().join();
            EnvoyFailure failure = catchThrowableOfType(EnvoyFailure.class, () -> judge.judge(CALL));
            assertThat(failure.line()).startsWith("Envoy ended with exit status 137");
        }
    }

    @Test
    void closingLeavesNoProcessAndNoFile() throws Exception {
        EnvoyJudge judge = EnvoyJudge.start(RealEnvoy.require(), snapshots(), Map.of());
        ProcessHandle envoy = ProcessHandle.of(judge.process().pid()).orElseThrow();
        Path files = judge.folder();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                .isEqualTo("rwx------");
        judge.close();
        assertThat(envoy.isAlive()).isFalse();
        assertThat(files).doesNotExist();
    }

    @Test
    void aFailedStartLeavesNoProcessAndNoFile() throws Exception {
        Path hanging = executable("#!/bin/sh\necho $$ > '" + folder.resolve("pid") + "'\npwd > '"
                + folder.resolve("cwd") + "'\necho boom >&2\nexit 3\n");
        EnvoyFailure failure = startFails(hanging, snapshots());
        assertThat(failure.line()).isEqualTo("Envoy (`" + hanging + "`) did not start: exit status 3: boom");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(Path.of(Files.readString(folder.resolve("cwd")).strip())).doesNotExist();
    }

    @Test
    void endingTheJavaProcessEndsEnvoy() throws Exception {
        Path pids = folder.resolve("pids");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JudgeThatIsInterrupted.class.getName(),
                RealEnvoy.require().toString(),
                pids.toString());
        Process java = builder.redirectErrorStream(true).start();
        try {
            // It says so when its Envoy judges.
            assertThat(java.inputReader().readLine()).isEqualTo("judging");
            String[] told = Files.readString(pids).strip().split(" ");
            ProcessHandle envoy = ProcessHandle.of(Long.parseLong(told[0])).orElseThrow();
            java.toHandle().destroy();
            java.waitFor();
            envoy.onExit().join();
            assertThat(Path.of(told[1])).doesNotExist();
        } finally {
            java.destroyForcibly();
        }
    }

    private static EnvoyFailure startFails(Path binary, List<Snapshot> snapshots) {
        return catchThrowableOfType(EnvoyFailure.class, () -> EnvoyJudge.start(binary, snapshots, Map.of()));
    }

    static List<Snapshot> snapshots() {
        return EmittedConfigs.of(List.of(Policies.workload(
                "kv",
                Policies.http(5050, Policies.enforced(Policies.allow("all", new Principal.Prefix(Policies.ID)))))));
    }

    private Path executable(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("program"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
