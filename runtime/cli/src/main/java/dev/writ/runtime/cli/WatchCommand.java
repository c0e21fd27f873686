package dev.writ.runtime.cli;

import dev.writ.runtime.testing.KeptJudges;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** {@code writ watch}: another command with its own options, again after each change of what it reads. */
@Command(
        name = "watch",
        synopsisSubcommandLabel = "check|compile|test",
        description = {
            "Run a command again after each change of the files it reads, the affected part only:",
            "check shows what is new or fixed, compile writes the workloads that changed, test runs the features that a"
                    + " changed file belongs to, on Envoys that keep running.",
            "A file that is broken meanwhile is reported, and watched on. Ctrl-C ends it."
        })
final class WatchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final KeptJudges judges = new KeptJudges();

    private WatchCommand() {}

    static CommandLine commandLine(Invocation invocation) {
        WatchCommand command = new WatchCommand();
        return new CommandLine(command)
                .addSubcommand(new CheckCommand(invocation, new EarlierFindings()))
                .addSubcommand(new CompileCommand(invocation, new EarlierArtifacts()))
                .addSubcommand(new TestCommand(invocation, command.judges::bench));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to watch: check, compile or test");
    }

    /** Runs a command line as it is, or, behind {@code watch}, again and again. */
    record Strategy(Invocation invocation) implements IExecutionStrategy {
        @Override
        public int execute(ParseResult parsed) {
            ParseResult watch = parsed.subcommand();
            boolean isWatch = watch != null
                    && watch.commandSpec().userObject() instanceof WatchCommand
                    && watch.hasSubcommand()
                    && parsed.asCommandLineList().stream().noneMatch(Strategy::asksForHelp);
            return isWatch
                    ? watch((WatchCommand) watch.commandSpec().userObject(), watch.subcommand())
                    : new RunLast().execute(parsed);
        }

        private static boolean asksForHelp(CommandLine line) {
            return line.isUsageHelpRequested() || line.isVersionHelpRequested();
        }

        private int watch(WatchCommand command, ParseResult watched) {
            try {
                return new WatchLoop(invocation, WatchedCommand.of(watched)).run();
            } catch (IOException e) {
                return new Trouble(invocation).failure(e, false);
            } finally {
                command.judges.close();
            }
        }
    }
}
