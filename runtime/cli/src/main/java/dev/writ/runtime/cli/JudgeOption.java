package dev.writ.runtime.cli;

import dev.writ.runtime.proxy.EnvoyLocator;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import dev.writ.runtime.testing.ChosenJudges;
import dev.writ.runtime.testing.JudgeChoice;
import picocli.CommandLine.Option;

/** {@code --judge}. */
final class JudgeOption {
    @Option(
            names = "--judge",
            paramLabel = "model|snapshot|envoy|all",
            description = "Who judges: the rules, the emitted config, a real Envoy, or all three"
                    + " (default: ${DEFAULT-VALUE}).")
    private JudgeChoice choice;

    JudgeOption(JudgeChoice usual) {
        this.choice = usual;
    }

    /** @throws EnvoyUnavailable if Envoy alone was chosen and there is none, or the one that the user named is none */
    ChosenJudges open(Invocation invocation) throws EnvoyUnavailable {
        return ChosenJudges.open(choice, new EnvoyLocator(), invocation::progress);
    }

    boolean isEnvoyAlone() {
        return choice == JudgeChoice.ENVOY;
    }
}
