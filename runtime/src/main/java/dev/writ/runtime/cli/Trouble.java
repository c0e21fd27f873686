package dev.writ.runtime.cli;

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
    private final Invocation invocation;

    Trouble(Invocation invocation) {
        this.invocation = invocation;
    }

    /** A command line that cannot be run. */
    int usage(ParameterException trouble) {
        CommandLine command = trouble.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintStream err = invocation.err();
        err.println(name + ": " + lowerCaseFirst(firstLine(trouble)));
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
        if (io != null) {
            invocation.err().println("writ: " + describe(io));
        } else {
            invocation
                    .err()
                    .println("writ: this is a bug in writ " + Version.text() + ", please report it: "
                            + trouble.getClass().getSimpleName() + ": " + firstLine(trouble));
        }
        if (debug || invocation.isSet("WRIT_DEBUG")) {
            trouble.printStackTrace(invocation.err());
        }
        return io == null ? ExitCode.BUG : ExitCode.USAGE;
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
