package dev.writ.runtime.cli;

import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import dev.writ.runtime.testing.ChosenJudges;
import dev.writ.runtime.testing.FeatureResults;
import dev.writ.runtime.testing.FeatureRunner;
import dev.writ.runtime.testing.JudgeChoice;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code writ test}: specs in Gherkin, judged. A run without a scenario proves nothing, and is wrong usage. */
@Command(name = "test", description = "Run Gherkin specs of the policy.")
final class TestCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "1..*", paramLabel = "FEATURE", description = "Feature files, or folders of them.")
    private List<String> features = List.of();

    @Mixin
    private JudgeOption judges = new JudgeOption(JudgeChoice.ALL);

    @Option(
            names = "--tags",
            paramLabel = "EXPRESSION",
            description = "Run only scenarios with these tags, for example '@smoke and not @slow'.")
    private @Nullable String tags;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a report in JUnit's format, too.")
    private @Nullable Path junit;

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    TestCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws EnvoyUnavailable, IOException {
        coverage.requireWritable();
        Optional<Expression> chosen = Optional.ofNullable(tags).map(this::expression);
        ChosenJudges bench = judges.open(invocation);
        FeatureResults results =
                new FeatureRunner(bench, invocation.out()::println).run(features, chosen, Optional.ofNullable(junit));
        invocation.report(results.problems());
        for (Opinion.Unavailable absent : results.absent()) {
            invocation.err().println("writ: " + absent.judge() + " did not judge: " + absent.reason());
        }
        return exitCode(results);
    }

    private Expression expression(String written) {
        try {
            return TagExpressionParser.parse(written);
        } catch (TagExpressionException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "--tags: `" + written + "` is no expression of tags: '@smoke and not @slow'",
                    e);
        }
    }

    private int exitCode(FeatureResults results) throws IOException {
        if (results.judgeFailure() != null) {
            return new Trouble(invocation).failure(results.judgeFailure(), false);
        }
        if (!results.problems().isEmpty()) {
            return ExitCode.USAGE;
        }
        if (results.scenarios() == 0) {
            String with = tags == null ? "" : " with the tags `" + tags + "`";
            invocation.err().println("writ test: there is no scenario" + with + " in " + String.join(", ", features));
            return ExitCode.USAGE;
        }
        if (results.skipped() == results.scenarios()) {
            invocation.err().println("writ test: no scenario was judged: the tags of all ask for other judges");
            return ExitCode.USAGE;
        }
        boolean isCovered = coverage.report(results, invocation);
        return results.failed() > 0 || !isCovered ? ExitCode.NO : ExitCode.FINE;
    }
}
