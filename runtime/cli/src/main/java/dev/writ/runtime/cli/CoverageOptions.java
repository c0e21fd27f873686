package dev.writ.runtime.cli;

import dev.writ.runtime.coverage.CoveragePage;
import dev.writ.runtime.coverage.CoverageWords;
import dev.writ.runtime.coverage.LcovTracefile;
import dev.writ.runtime.coverage.PolicyCoverage;
import dev.writ.runtime.testing.FeatureResults;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --coverage} and what goes with it: each of the others means it too. */
final class CoverageOptions {
    @Option(
            names = "--coverage",
            description = "Tell what the scenarios tried of the policy: rules, boundaries of callers, conditions.")
    private boolean coverage;

    @Option(names = "--coverage-json", paramLabel = "FILE", description = "Write the coverage as JSON, too.")
    private @Nullable Path json;

    @Option(
            names = "--coverage-lcov",
            paramLabel = "FILE",
            description = "Write it as an LCOV tracefile of the policy's files, too: for genhtml, Codecov, editors.")
    private @Nullable Path lcov;

    @Option(
            names = "--coverage-html",
            paramLabel = "FILE",
            description = "Write the policy's source coloured by it, too: one page that needs nothing else.")
    private @Nullable Path html;

    @Option(
            names = "--min-coverage",
            paramLabel = "PERCENT",
            converter = Percent.class,
            description = "Exit 1 if fewer of a hundred points were tried.")
    private @Nullable Double least;

    /** A number from 0 to 100. */
    static final class Percent implements ITypeConverter<Double> {
        @Override
        public Double convert(String written) {
            String number = written.endsWith("%")
                    ? written.substring(0, written.length() - 1).strip()
                    : written;
            if (!number.matches("\\d{1,3}(\\.\\d+)?") || Double.parseDouble(number) > 100) {
                throw new TypeConversionException("`" + written + "` is no percentage: it is a number from 0 to 100");
            }
            return Double.parseDouble(number);
        }
    }

    private boolean isWanted() {
        return coverage || least != null || !files().isEmpty();
    }

    /** Finds out before anything is run. */
    void check() throws IOException {
        for (Path file : files()) {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        }
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path file : new @Nullable Path[] {json, lcov, html}) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    /**
     * What was covered by a run.
     *
     * @param exit of the run; there is no coverage to tell of one that could not be made
     * @param out where it is told
     * @return {@code NO} if it is less than was asked for
     */
    int report(FeatureResults results, int exit, PrintStream out) throws IOException {
        if (!isWanted() || exit == ExitCode.USAGE || results.judgeFailure() != null) {
            return ExitCode.FINE;
        }
        PolicyCoverage found = PolicyCoverage.of(results.judged());
        out.println();
        out.print(new CoverageText(found).render());
        if (json != null) {
            Files.writeString(json, Json.text(CoverageJson.of(found)));
        }
        if (lcov != null) {
            Files.writeString(lcov, LcovTracefile.of(found));
        }
        if (html != null) {
            Files.writeString(html, new CoveragePage(found).page());
        }
        Double minimum = least;
        if (minimum == null || found.isAtLeast(minimum)) {
            return ExitCode.FINE;
        }
        out.println();
        out.println("coverage: below the " + CoverageWords.percent(minimum) + " that --min-coverage asks for");
        return ExitCode.NO;
    }
}
