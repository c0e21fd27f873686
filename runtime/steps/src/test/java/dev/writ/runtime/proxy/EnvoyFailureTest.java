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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is an error of one line, and leaves no process and no key behind. */
class EnvoyFailureTest {
    private static final WorkloadKey KV = new WorkloadKey("default", "default", "Deployment", "kuma-demo", "kv");
    private static final Call CALL =
            new Call(new Caller.Certificate(List.of(Policies.ID + "/a")), KV, 5050, null, null, null);

    /** A program that starts another one and is never ready, as an Envoy behind a script might. */
    private static final String HANGING = """
            #!/bin/sh
            pwd > 'PIDS.cwd'
            echo 'still looking for a config' >&2
            sleep 600 &
            printf '%s\n%s\n' $$ $! > 'PIDS.new'
            mv 'PIDS.new' 'PIDS'
            wait
            """;

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
        Process java = java(JudgeThatIsInterrupted.class, RealEnvoy.require(), pids);
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

    @Test
    void anEnvoyThatHangsIsAnErrorAndNoDenyAndIsEndedAllTheSame() throws Exception {
        EnvoyJudge judge = EnvoyJudge.startWith(
                RealEnvoy.require(),
                snapshots().stream().map(JudgedConfig::of).toList(),
                Map.of(),
                Duration.ofSeconds(1));
        ProcessHandle envoy = ProcessHandle.of(judge.process().pid()).orElseThrow();
        Path files = judge.folder();
        try {
            assertThat(judge.judge(CALL).decision()).isEqualTo(Decision.ALLOW);
            signal("STOP", envoy);
            EnvoyFailure failure = catchThrowableOfType(EnvoyFailure.class, () -> judge.judge(CALL));
            assertThat(failure.line()).isEqualTo("Envoy left no evidence of a call for 1 seconds");
        } finally {
            judge.close();
        }
        assertThat(envoy.isAlive()).isFalse();
        assertThat(files).doesNotExist();
    }

    @Test
    void aCallThatIsInterruptedIsNoVerdict() throws Exception {
        try (EnvoyJudge judge = EnvoyJudge.start(RealEnvoy.require(), snapshots(), Map.of())) {
            Thread.currentThread().interrupt();
            EnvoyFailure failure = catchThrowableOfType(EnvoyFailure.class, () -> judge.judge(CALL));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.line()).isEqualTo("interrupted while Envoy judged");
            assertThat(judge.judge(CALL).decision()).isEqualTo(Decision.ALLOW);
        }
    }

    @Test
    void anEnvoyThatIsNeverReadyIsEndedWithWhatItStarted() throws Exception {
        Path hanging = executable(HANGING.replace("PIDS", folder.resolve("pids").toString()));
        EnvoyFailure failure = catchThrowableOfType(
                EnvoyFailure.class,
                () -> EnvoyProcess.start(hanging, folder, "envoy.yaml", line -> {}, Duration.ofSeconds(1)));
        assertThat(failure.line()).isEqualTo("Envoy (`" + hanging + "`) was not ready after 1 seconds");
        assertThat(failure.log()).contains("still looking for a config");
        assertNoneIsLeft(pids());
    }

    @Test
    void endingTheCommandWhileEnvoyStartsEndsEnvoy() throws Exception {
        Path hanging = executable(HANGING.replace("PIDS", folder.resolve("pids").toString()));
        Process java = java(JudgeThatIsInterrupted.class, hanging, folder.resolve("never"));
        try {
            assertThat(java.isAlive()).isTrue();
            while (pids().size() < 2) {
                assertThat(java.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
            }
            java.toHandle().destroy();
            java.waitFor();
            assertNoneIsLeft(pids());
            assertThat(Path.of(Files.readString(folder.resolve("pids.cwd")).strip()))
                    .doesNotExist();
        } finally {
            java.destroyForcibly();
        }
    }

    private List<Long> pids() throws IOException {
        Path file = folder.resolve("pids");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }

    private static void assertNoneIsLeft(List<Long> pids) {
        assertThat(pids).hasSize(2);
        for (long pid : pids) {
            ProcessHandle.of(pid)
                    .ifPresent(left ->
                            left.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        }
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static Process java(Class<?> main, Path... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        Stream.of(arguments).map(Path::toString).forEach(command::add);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
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
