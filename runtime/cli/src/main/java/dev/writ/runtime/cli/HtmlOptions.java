package dev.writ.runtime.cli;

import dev.writ.runtime.access.AccessMatrix;
import dev.writ.runtime.access.MeshAccess;
import dev.writ.runtime.coverage.CoveragePage;
import dev.writ.runtime.coverage.PolicyCoverage;
import dev.writ.runtime.mutation.FeatureMutation;
import dev.writ.runtime.report.ReportPage;
import dev.writ.runtime.testing.FeatureResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --html}: the run, and the policies that it is about, as one page. */
final class HtmlOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write one page with everything, that needs nothing else: scenarios, the verdicts of each judge,"
                            + " coverage, mutants where they are asked for, findings, who can call whom.")
    private @Nullable Path file;

    @Option(
            names = "--base",
            paramLabel = "OLD",
            description =
                    "Show in the page what has changed since: a source as `writ diff` takes it, or a revision of git,"
                            + " of which each feature is compared with itself.")
    private @Nullable String old;

    private Optional<ReportBase> base = Optional.empty();

    /** Before anything is run: a long run is not to end with wrong usage. */
    void check() throws IOException {
        if (old != null && file == null) {
            throw new ParameterException(command.commandLine(), "--base is about the page of --html FILE");
        }
        try {
            base = Optional.ofNullable(old).map(ReportBase::of);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--base: " + e.getMessage(), e);
        }
        if (file != null) {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, "");
        }
    }

    /** Writes it, of a run that came to something: what an earlier run wrote is not taken for it. */
    void write(FeatureResults results, Optional<FeatureMutation> mutation) throws IOException {
        if (file == null) {
            return;
        }
        if (results.judgeFailure() != null || results.scenarios() == 0) {
            Files.deleteIfExists(file);
            return;
        }
        List<ReportedPolicy> policies = ReportedPolicy.of(results);
        List<ReportPage.Section> sections = new ArrayList<>();
        PolicyCoverage coverage = PolicyCoverage.of(results.judged());
        if (coverage.total() > 0) {
            sections.add(new ReportPage.Section("coverage-page", new CoveragePage(coverage).section()));
        }
        for (int i = 0; i < policies.size(); i++) {
            ReportedPolicy policy = policies.get(i);
            if (!policy.compilation().hasErrors()) {
                MeshAccess access = MeshAccess.of(policy.compilation());
                sections.add(new ReportPage.Section(
                        "access-" + i, new AccessMatrix(access, access.callers(), access.inbounds()).section()));
            }
        }
        Files.writeString(file, ReportPage.of(ReportJson.of(results, coverage, policies, base, mutation), sections));
    }
}
