package dev.writ.runtime.cli;

import dev.writ.runtime.testing.CucumberPlugin;
import dev.writ.runtime.testing.TestPlan;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which scenarios are run, how many at a time, and what Cucumber itself writes about them. */
final class ScenarioOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Parameters(
            arity = "1..*",
            paramLabel = "FEATURE",
            description =
                    "Feature files, or folders of them. Behind a file, the lines of the scenarios, examples, rows of"
                            + " examples or rules that are meant: a.feature:12:30.")
    private List<String> features = List.of();

    @Option(
            names = "--tags",
            paramLabel = "EXPRESSION",
            description = "Run only scenarios with these tags, for example '@smoke and not @slow'.")
    private @Nullable String tags;

    @Option(
            names = "--name",
            paramLabel = "REGEX",
            description = "Run only scenarios whose name has a match of this in it.")
    private @Nullable String name;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "How many scenarios to run at a time (default: one for each processor). What is printed has the"
                            + " order of the features, whatever N is.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a report in JUnit's format, too.")
    private @Nullable Path junit;

    @Option(
            names = "--plugin",
            paramLabel = "NAME[:FILE]",
            description = "Have Cucumber write a report of its own, too; may be repeated: pretty, html:FILE, json:FILE,"
                    + " message:FILE, junit:FILE, timeline:DIR, … One without FILE takes the standard output.")
    private List<String> plugins = List.of();

    TestPlan plan() {
        if (threads < 1) {
            throw wrong("--threads: `" + threads + "` is no number of threads");
        }
        return TestPlan.of(features)
                .withTags(Optional.ofNullable(tags).map(this::tags))
                .withName(Optional.ofNullable(name).map(this::name))
                .withPlugins(plugins())
                .withThreads(threads);
    }

    List<CucumberPlugin> plugins() {
        List<CucumberPlugin> parsed = new ArrayList<>();
        if (junit != null) {
            parsed.add(plugin("--junit", "junit:" + junit));
        }
        plugins.forEach(written -> parsed.add(plugin("--plugin", written)));
        if (parsed.stream().filter(CucumberPlugin::isOnStandardOutput).count() > 1) {
            throw wrong("--plugin: only one can have the standard output: give the others a file, NAME:FILE");
        }
        return parsed;
    }

    /** What was asked for, for the one who finds that there is nothing: {@code with the tags `@a` in a.feature}. */
    String inWords() {
        List<String> words = new ArrayList<>();
        if (tags != null) {
            words.add("with the tags `" + tags + "`");
        }
        if (name != null) {
            words.add((words.isEmpty() ? "" : "and ") + "with `" + name + "` in its name");
        }
        words.add("in " + String.join(", ", features));
        return String.join(" ", words);
    }

    private CucumberPlugin plugin(String option, String written) {
        try {
            return CucumberPlugin.parse(written);
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage());
        }
    }

    private Expression tags(String written) {
        try {
            return TagExpressionParser.parse(written);
        } catch (TagExpressionException e) {
            throw wrong("--tags: `" + written + "` is no expression of tags: '@smoke and not @slow'");
        }
    }

    private Pattern name(String written) {
        try {
            return Pattern.compile(written);
        } catch (PatternSyntaxException e) {
            throw wrong("--name: `" + written + "` is no regular expression: " + e.getDescription());
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command.commandLine(), what);
    }
}
