package dev.writ.runtime.cli;

import dev.writ.runtime.proxy.EnvoyFailure;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one clear line what went wrong with a run that did not come to an answer. */
final class Trouble {
    private static final int LOG_LINES = 10;

    private final Invocation invocation;

    Trouble(Invocation invocation) {
        this.invocation = invocation;
    }

    /** A command line that cannot be run. */
    int usage(ParameterException trouble) {
        CommandLine command = trouble.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintStream err = invocation.err();
        err.println(name + ": " + lowerCaseFirst(firstLine(trouble).replaceFirst("^Error: ", "")));
        if (trouble instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                err.println("  = help: did you mean `" + String.join("`, `", near) + "`?");
            }
        }
        err.println("  = help: `" + name + " --help` shows the usage");
        return ExitCode.USAGE;
    }

    /** Anything that a command threw. */
    int failure(Throwable trouble, boolean debug) {
        IOException io = trouble instanceof UncheckedIOException unchecked ? unchecked.getCause() : null;
        if (trouble instanceof IOException checked) {
            io = checked;
        }
        if (trouble instanceof EnvoyUnavailable || trouble instanceof EnvoyFailure) {
            return refuse(trouble, debug);
        }
        if (io != null) {
            invocation.err().println("writ: " + describe(io));
        } else {
            invocation
                    .err()
                    .println("writ: this is a bug in writ " + Version.text() + ", please report it: "
                            + trouble.getClass().getSimpleName() + ": " + firstLine(trouble));
        }
        showStack(trouble, debug);
        return io == null ? ExitCode.BUG : ExitCode.USAGE;
    }

    // An Envoy that is missing or does not work is the machine's trouble, not ours.
    private int refuse(Throwable trouble, boolean debug) {
        invocation.err().println("writ: " + lowerCaseFirst(firstLine(trouble)));
        if (trouble instanceof EnvoyFailure failure) {
            showLog(failure);
        }
        showStack(trouble, debug);
        return ExitCode.USAGE;
    }

    /** What Envoy itself said last. */
    private void showLog(EnvoyFailure failure) {
        List<String> lines =
                failure.log().lines().filter(line -> !line.isBlank()).toList();
        if (!lines.isEmpty()) {
            invocation.err().println("  = the end of Envoy's log:");
        }
        lines.stream()
                .skip(Math.max(0, lines.size() - LOG_LINES))
                .forEach(line -> invocation.err().println("    " + line));
    }

    private void showStack(Throwable trouble, boolean debug) {
        if (debug || invocation.isSet("WRIT_DEBUG")) {
            trouble.printStackTrace(invocation.err());
        }
    }

    /** What the operating system objected to, in words. */
    static String describe(IOException trouble) {
        return switch (trouble) {
            case NoSuchFileException missing -> "`" + missing.getFile() + "` does not exist";
            case AccessDeniedException denied -> "no permission for `" + denied.getFile() + "`";
            case FileSystemException other -> "`" + other.getFile() + "`: " + lowerCaseFirst(reason(other));
            default -> lowerCaseFirst(firstLine(trouble));
        };
    }

    private static String reason(FileSystemException trouble) {
        String reason = trouble.getReason();
        return reason == null ? "the file system refuses it" : reason;
    }

    private static String firstLine(Throwable trouble) {
        @Nullable String message = trouble.getMessage();
        return message == null ? "(no message)" : message.lines().findFirst().orElse("");
    }

    private static String lowerCaseFirst(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
