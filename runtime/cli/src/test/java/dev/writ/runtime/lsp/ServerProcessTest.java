package dev.writ.runtime.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, as an editor starts it, with the flags of the launcher. */
class ServerProcessTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void noProcessIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void itServesAnEditorOverItsStandardStreamsAndEndsWhenItIsTold() throws Exception {
        Path identity = DemoWorkspace.in(folder).resolve("identity.yaml");
        Process process = start();
        Editor editor = Editor.over(process.getInputStream(), process.getOutputStream());
        assertThat(editor.start(folder).getServerInfo().getName()).isEqualTo("writ");

        String uri = editor.open(identity);
        editor.type(uri, ".Namespace", ".Namspace");
        assertThat(editor.findings(uri)).singleElement().asString().startsWith("template.unknown-variable: .Namspace:");

        Editor.await(editor.server().shutdown());
        editor.server().exit();
        assertThat(exitCode(process)).isZero();
        assertThat(process.getErrorStream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEmpty();
    }

    @Test
    void itEndsWhenItsEditorIsGone() throws Exception {
        Process process = start();
        Editor editor = Editor.over(process.getInputStream(), process.getOutputStream());
        editor.start(folder);

        editor.close();

        assertThat(exitCode(process)).isEqualTo(1);
        assertThat(process.getErrorStream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEmpty();
    }

    @Test
    void itEndsWhenTheProcessOfItsEditorIsGoneThoughItsStreamsAreOpen() throws Exception {
        Process process = start();
        Process client = new ProcessBuilder("sleep", "600").start();
        started.add(client);
        Editor editor = Editor.over(process.getInputStream(), process.getOutputStream());
        editor.startAs(client.pid());

        client.destroyForcibly();

        assertThat(exitCode(process)).isEqualTo(1);
    }

    @Test
    void whatIsNotTheProtocolEndsItWithoutAWordOnStdout() throws Exception {
        Process process = start();
        OutputStream in = process.getOutputStream();
        in.write("Hello, is anybody there?\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
        in.close();

        assertThat(exitCode(process)).isEqualTo(1);
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void aWrongOptionIsSaidOnStderr() throws Exception {
        Process process = start("--target", "kuma-9");

        assertThat(exitCode(process)).isEqualTo(2);
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.getErrorStream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .contains("there is no target `kuma-9`");
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-Xlog:all=off:stderr",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.writ.runtime.cli.WritCli",
                "lsp"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("has ended")
                .isTrue();
        return process.exitValue();
    }
}
