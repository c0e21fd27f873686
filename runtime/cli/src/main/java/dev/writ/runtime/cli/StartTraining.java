package dev.writ.runtime.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Runs the usual commands once, without output, so that the JVM sees which classes they load: the launcher keeps them in an
 * archive (AppCDS), from which later starts take them ready-made. What this leaves out starts slower, and that is all.
 */
public final class StartTraining {
    private StartTraining() {}

    /** @param arguments the folder of a policy that is free of errors */
    public static void main(String[] arguments) {
        String sources = arguments[0];
        String to = "kuma-demo/kv";
        List<List<String>> commands = List.of(
                List.of("--help"),
                List.of("check", sources),
                List.of("check", sources, "--format", "json"),
                List.of("check", sources, "--format", "sarif"),
                List.of("check", sources, "--unknown"),
                List.of("check", sources + "/no-such-file"),
                List.of("ids", sources),
                List.of("ids", sources, "--format", "json"),
                List.of("explain", sources, "--from", "anonymous", "--to", to),
                List.of("explain", sources, "--from", to, "--to", to, "--judge", "snapshot", "--format", "json"),
                List.of("golden", sources, "--dir", sources + "/no-such-folder"),
                List.of("test", sources, "--judge", "model,snapshot"));
        for (List<String> command : commands) {
            new WritCli(InputStream.nullInputStream(), nowhere(), nowhere(), Map.of())
                    .run(command.toArray(String[]::new));
        }
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
