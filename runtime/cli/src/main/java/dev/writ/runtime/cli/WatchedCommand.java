package dev.writ.runtime.cli;

import dev.writ.runtime.watch.FeatureInputs;
import dev.writ.runtime.watch.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command line behind {@code writ watch}: what it reads, and how a part of it is run. */
final class WatchedCommand {
    private final CommandLine line;
    private final List<String> options;
    private final List<String> named;
    private final List<Path> read;
    private final List<Path> whole;
    private final boolean deep;
    private boolean wrong;

    private WatchedCommand(
            CommandLine line,
            List<String> options,
            List<String> named,
            List<Path> read,
            List<Path> whole,
            boolean deep) {
        this.line = line;
        this.options = options;
        this.named = named;
        this.read = read;
        this.whole = whole;
        this.deep = deep;
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((thrown, words) -> {
            wrong = true;
            return usual.handleParseException(thrown, words);
        });
    }

    /** @throws ParameterException if it reads something that cannot be watched */
    static WatchedCommand of(ParseResult parsed) {
        CommandLine line = parsed.commandSpec().commandLine();
        List<String> named = parsed.matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .distinct()
                .toList();
        List<String> read = new ArrayList<>(named);
        values(parsed, "--zone").stream()
                .filter(zone -> zone.contains("="))
                .forEach(zone -> read.add(zone.substring(zone.indexOf('=') + 1)));
        if (read.contains("-")) {
            throw new ParameterException(line, "stdin cannot be watched: name files or folders");
        }
        return new WatchedCommand(
                line,
                options(parsed),
                named,
                read.stream().map(Path::of).toList(),
                values(parsed, "--files").stream().map(Path::of).toList(),
                parsed.hasMatchedOption("--recursive"));
    }

    private static List<String> values(ParseResult parsed, String option) {
        OptionSpec matched = parsed.matchedOption(option);
        return matched == null ? List.of() : matched.originalStringValues();
    }

    private static List<String> options(ParseResult parsed) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            if (option.arity().max() == 0) {
                words.add(option.longestName());
            } else {
                option.originalStringValues().forEach(value -> words.add(option.longestName() + "=" + value));
            }
        }
        return words;
    }

    /** What a run depends on, as it is now. */
    Inputs inputs() {
        return isTest() ? features().inputs() : Inputs.of(read, deep).withAllBelow(whole);
    }

    /** The first run, of all. */
    int run() {
        return run(named);
    }

    /** Whether a run found the command line itself wrong, which no change of a file cures. */
    boolean isWrong() {
        return wrong;
    }

    /** The words that a change of these files makes to be run again; empty: it touches none of them. */
    List<String> affectedBy(Set<Path> changed) {
        return isTest() ? features().affectedBy(changed) : named;
    }

    /** How many parts there are to be affected; what is no test has one. */
    int parts() {
        return isTest() ? features().byFeature().size() : 1;
    }

    int run(List<String> words) {
        List<String> all = new ArrayList<>(options);
        all.addAll(words);
        return line.execute(all.toArray(String[]::new));
    }

    boolean isTest() {
        return line.getCommandSpec().userObject() instanceof TestCommand;
    }

    private FeatureInputs features() {
        return FeatureInputs.of(named);
    }
}
