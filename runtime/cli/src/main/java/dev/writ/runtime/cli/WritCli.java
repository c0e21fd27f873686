package dev.writ.runtime.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The command {@code writ}.
 *
 * <p>Results go to the first stream, progress and trouble to the second. Exit codes: see {@link ExitCode}.
 */
public final class WritCli {
    /** The launcher says here which of our streams are terminals; Java itself cannot tell for each. */
    private static final String OUT_IS_TERMINAL = "writ.stdout.terminal";

    private static final String ERR_IS_TERMINAL = "writ.stderr.terminal";

    private final Invocation invocation;

    /** A run that is no terminal's: without colours. */
    public WritCli(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        this(new Invocation(in, out, err, environment, false, false));
    }

    private WritCli(Invocation invocation) {
        this.invocation = invocation;
    }

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        Invocation invocation = new Invocation(
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                environment,
                colours && Boolean.getBoolean(OUT_IS_TERMINAL),
                colours && Boolean.getBoolean(ERR_IS_TERMINAL));
        int code = new WritCli(invocation).run(arguments);
        // A reader that has seen enough (`| head`) closes our output: PrintStream takes that silently, and so do we.
        invocation.out().flush();
        invocation.err().flush();
        System.exit(code);
    }

    /** Runs one command line and gives its exit code. */
    public int run(String... arguments) {
        WritCommand root = new WritCommand();
        Trouble trouble = new Trouble(invocation);
        try {
            return commandLine(root, trouble).execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return trouble.failure(e, root.debug());
        } finally {
            invocation.out().flush();
            invocation.err().flush();
        }
    }

    private CommandLine commandLine(WritCommand root, Trouble trouble) {
        return new CommandLine(root)
                .addSubcommand(new CheckCommand(invocation))
                .addSubcommand(new IdsCommand(invocation))
                .addSubcommand(new CompileCommand(invocation))
                .addSubcommand(new ExplainCommand(invocation))
                .addSubcommand(new TestCommand(invocation))
                .addSubcommand(new GenerateTestsCommand(invocation))
                .addSubcommand(new GoldenCommand(invocation))
                .addSubcommand(new IssueCommand(invocation))
                .addSubcommand(new VerifyCommand(invocation))
                .addSubcommand(new DiffCommand(invocation))
                .addSubcommand(new AccessCommand(invocation))
                .addSubcommand(new ImportCommand(invocation))
                .addSubcommand(new DecideCommand(invocation))
                .addSubcommand(new FmtCommand(invocation))
                .addSubcommand(new InitCommand(invocation))
                .addSubcommand(WatchCommand.commandLine(invocation))
                .addSubcommand(new LspCommand(invocation))
                .addSubcommand(new CommandLine(new EnvoyCommand()).addSubcommand(new EnvoyInstallCommand(invocation)))
                .setExecutionStrategy(new WatchCommand.Strategy(invocation))
                .setOut(new PrintWriter(invocation.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(invocation.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(invocation.colourOut() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((wrong, words) -> trouble.usage(wrong))
                .setExecutionExceptionHandler((thrown, command, parsed) -> trouble.failure(thrown, root.debug()));
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(stream)), false, StandardCharsets.UTF_8);
    }
}
