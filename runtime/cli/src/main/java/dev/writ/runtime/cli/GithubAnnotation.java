package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.testing.ScenarioFailure;
import dev.writ.runtime.testing.ScenarioOutcome;
import dev.writ.runtime.testing.ScenarioResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A failed scenario, or what kept all from being run, as a workflow command of GitHub Actions, which shows it beside the line: {@code ::error file=…,line=…::…}.
 * Escapes as in GitHub's own {@code @actions/core} (command.ts): the text ends at no line, a property at no comma or colon.
 */
final class GithubAnnotation {
    private final Optional<Path> workspace;

    /** Places are relative to the root of the repository, wherever below it the run was started. */
    GithubAnnotation(Invocation invocation) {
        this.workspace = Optional.ofNullable(invocation.environment().get("GITHUB_WORKSPACE"))
                .filter(path -> !path.isEmpty())
                .map(path -> Path.of(path).toAbsolutePath().normalize());
    }

    /** The line of a scenario that failed; nothing of others. */
    Optional<String> of(ScenarioResult result) {
        return Optional.ofNullable(result.failure()).map(failure -> of(result, failure));
    }

    /** The line of what kept the run from being started. */
    String of(Diagnostic problem) {
        SourceSpan span = problem.span();
        String place = span == null
                ? ""
                : "file=" + property(file(span.file().name()))
                        + ",line=" + span.startPosition().line()
                        + ",col=" + span.startPosition().column() + ",";
        String help = problem.help() == null ? "" : "\n" + problem.help();
        return "::error " + place + "title=" + property(problem.id().id()) + "::" + data(problem.message() + help);
    }

    private String of(ScenarioResult result, ScenarioFailure failure) {
        String name = result.scenario().name();
        String title = result.outcome() == ScenarioOutcome.JUDGES_DISAGREE ? "The judges disagree: " + name : name;
        String step = failure.step() == null ? "" : failure.step() + "\n";
        return "::error file=" + property(file(result.scenario().file()))
                + ",line=" + failure.line()
                + ",col=" + failure.column()
                + ",title=" + property(title)
                + "::" + data(step + TestJson.message(failure));
    }

    private String file(String name) {
        Path absolute = Path.of(name).toAbsolutePath().normalize();
        return workspace
                .filter(absolute::startsWith)
                .map(root -> root.relativize(absolute).toString())
                .orElse(name);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
