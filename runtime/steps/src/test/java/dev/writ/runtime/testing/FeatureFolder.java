package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.DiagnosticText;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Opinion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder with features to run, beside the resources of a small mesh in {@code mesh.yaml}. */
final class FeatureFolder {
    /** The mesh: two namespaces, {@code shop/web} and {@code shop/db} over HTTP and TCP, {@code ops/job}, one identity. */
    private static final String MESH = "mesh.yaml";

    private final Path folder;

    FeatureFolder(Path folder) {
        this.folder = folder;
        String resource = "/dev/writ/runtime/testing/" + MESH;
        try (var mesh = FeatureFolder.class.getResourceAsStream(resource)) {
            write(MESH, new String(mesh.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was printed, with paths relative to the folder. */
    record Outcome(FeatureResults results, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one feature by the model. */
    Outcome run(String feature) {
        write("a.feature", feature);
        return run(bench(policy -> List.of(new ModelJudge(policy.policy()))), "a.feature");
    }

    Outcome run(JudgeBench bench, String... names) {
        return run(bench, plan(names));
    }

    /** All scenarios of these features, of which some may name lines. */
    TestPlan plan(String... names) {
        return TestPlan.of(
                Stream.of(names).map(name -> folder.resolve(name).toString()).toList());
    }

    Outcome run(JudgeBench bench, TestPlan plan) {
        List<String> lines = new ArrayList<>();
        FeatureResults results = new FeatureRunner(bench, result -> lines.addAll(FeatureText.of(result))).run(plan);
        lines.addAll(FeatureText.closing(results));
        new DiagnosticText(false).render(results.problems()).lines().forEach(lines::add);
        return new Outcome(
                results,
                lines.stream().map(line -> line.replace(folder + "/", "")).toList());
    }

    static JudgeBench byModel() {
        return bench(policy -> List.of(new ModelJudge(policy.policy())));
    }

    static JudgeBench bench(Function<Compilation, List<Judge>> judges) {
        return bench(judges, wanted -> {});
    }

    /** @param heard is told who is wanted, for each panel */
    static JudgeBench bench(Function<Compilation, List<Judge>> judges, Consumer<Predicate<JudgeChoice>> heard) {
        return new JudgeBench() {
            @Override
            public JudgePanel panel(Compilation policy, Predicate<JudgeChoice> wanted) {
                heard.accept(wanted);
                return new JudgePanel(wanted(policy, wanted), List.of());
            }

            @Override
            public boolean judges(Predicate<JudgeChoice> wanted) {
                return wanted.test(JudgeChoice.MODEL);
            }

            private List<Judge> wanted(Compilation policy, Predicate<JudgeChoice> wanted) {
                return judges.apply(policy).stream()
                        .filter(judge ->
                                wanted.test(JudgeChoice.of(judge.name()).orElseThrow()))
                        .toList();
            }

            @Override
            public List<Opinion.Unavailable> absent() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
