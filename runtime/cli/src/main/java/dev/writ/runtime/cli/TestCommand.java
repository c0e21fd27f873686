package dev.writ.runtime.cli;

import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import dev.writ.runtime.testing.ChosenJudges;
import dev.writ.runtime.testing.CucumberPlugin;
import dev.writ.runtime.testing.FeatureResults;
import dev.writ.runtime.testing.FeatureRunner;
import dev.writ.runtime.testing.JudgeBench;
import dev.writ.runtime.testing.JudgeChoice;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code writ test}: specs in Gherkin, judged. A run without a scenario proves nothing, and is wrong usage. */
@Command(
        name = "test",
        description = {
            "Run Gherkin specs of the policy.",
            "Exit code: 0 all passed, 1 a scenario failed, 2 nothing could be run, 3 the judges disagree."
        })
final class TestCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final Function<ChosenJudges, JudgeBench> bench;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private ScenarioOptions scenarios = new ScenarioOptions();

    @Mixin
    private JudgeOption judges = new JudgeOption(JudgeChoice.ALL);

    @Option(
            names = "--format",
            paramLabel = "text|json|github",
            description = "How to tell the results; github is annotations for a pull request,"
                    + " and what is used under GitHub Actions (default: text).")
    private @Nullable TestFormat format;

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Mixin
    private MutationOptions mutation = new MutationOptions();

    @Mixin
    private HtmlOptions html = new HtmlOptions();

    TestCommand(Invocation invocation) {
        this(invocation, judges -> judges);
    }

    /** @param bench where the judges sit that the command line chooses */
    TestCommand(Invocation invocation, Function<ChosenJudges, JudgeBench> bench) {
        this.invocation = invocation;
        this.bench = bench;
    }

    @Override
    public Integer call() throws EnvoyUnavailable, IOException {
        coverage.check();
        mutation.check();
        html.check();
        boolean pluginHasOutput = scenarios.plugins().stream().anyMatch(CucumberPlugin::isOnStandardOutput);
        if (pluginHasOutput && format != null) {
            throw new ParameterException(
                    command.commandLine(),
                    "a plugin without a file and --format both write to the standard output: give the plugin a file,"
                            + " --plugin NAME:FILE");
        }
        TestReport report = pluginHasOutput
                ? new TestReport(TestFormat.TEXT, invocation.err(), invocation)
                : new TestReport(format == null ? TestFormat.usual(invocation) : format, invocation.out(), invocation);
        FeatureRunner runner = new FeatureRunner(bench.apply(judges.open(invocation)), report);
        FeatureResults results = run(runner, pluginHasOutput);
        report.close(results);
        invocation.report(results.problems());
        for (Opinion.Unavailable absent : results.absent()) {
            invocation.err().println("writ: " + absent.judge() + " did not judge: " + absent.reason());
        }
        boolean isTold = !pluginHasOutput && format != TestFormat.JSON;
        PrintStream told = isTold ? invocation.out() : invocation.err();
        int exit = exitCode(results);
        int covered = coverage.report(results, exit, told);
        int mutated = mutation.report(results, exit, invocation, told);
        html.write(results, mutation.found());
        return exit == ExitCode.FINE ? Math.max(covered, mutated) : exit;
    }

    // A plugin knows the standard output of the process only.
    private FeatureResults run(FeatureRunner runner, boolean pluginHasOutput) {
        if (!pluginHasOutput) {
            return runner.run(scenarios.plan());
        }
        PrintStream before = System.out;
        System.setOut(invocation.out());
        try {
            return runner.run(scenarios.plan());
        } finally {
            System.setOut(before);
        }
    }

    private int exitCode(FeatureResults results) {
        if (results.judgeFailure() != null) {
            return new Trouble(invocation).failure(results.judgeFailure(), false);
        }
        if (!results.problems().isEmpty()) {
            return ExitCode.USAGE;
        }
        if (results.scenarios() == 0) {
            invocation.err().println("writ test: there is no scenario " + scenarios.inWords());
            return ExitCode.USAGE;
        }
        if (results.skipped() == results.scenarios()) {
            invocation.err().println("writ test: no scenario was judged: the tags of all ask for other judges");
            return ExitCode.USAGE;
        }
        if (results.disagreements() > 0) {
            return ExitCode.BUG;
        }
        return results.failed() > 0 ? ExitCode.NO : ExitCode.FINE;
    }
}
