package dev.writ.runtime.proxy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A Java process of its own that judges until it is told to end, as {@code Ctrl-C} tells it. */
final class JudgeThatIsInterrupted {
    private JudgeThatIsInterrupted() {}

    public static void main(String[] arguments) throws Exception {
        EnvoyJudge judge = EnvoyJudge.start(Path.of(arguments[0]), EnvoyFailureTest.snapshots(), Map.of());
        Files.writeString(Path.of(arguments[1]), judge.process().pid() + " " + judge.folder());
        System.out.println("judging");
        Thread.currentThread().join();
    }
}
