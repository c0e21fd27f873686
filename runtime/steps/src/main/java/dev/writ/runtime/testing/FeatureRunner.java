package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.testing.feature.FeatureFile;
import dev.writ.runtime.testing.steps.ScenarioHooks;
import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.tagexpressions.Expression;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs features in this JVM, with Writ's own steps and no others. Nothing but the arguments decides what is run: neither
 * Cucumber's environment variables nor its properties files are read.
 */
public final class FeatureRunner {
    private static final URI GLUE =
            URI.create("classpath:/" + ScenarioHooks.class.getPackageName().replace('.', '/'));

    private final JudgeBench bench;
    private final Consumer<String> out;

    /**
     * @param bench closed after the run
     * @param out gets the lines of the report: failures as they come, then what it all came to
     */
    public FeatureRunner(JudgeBench bench, Consumer<String> out) {
        this.bench = bench;
        this.out = out;
    }

    /**
     * Runs the scenarios of these features, unless one of them cannot be read: then of none.
     *
     * @param features files, or folders, of which all features are run, of the folders in them too
     * @param tags which scenarios to run, as Cucumber filters them; empty for all
     * @param junit where to write a report in JUnit's format
     */
    public FeatureResults run(List<String> features, Optional<Expression> tags, Optional<Path> junit) {
        DiagnosticSink sink = new DiagnosticSink();
        Map<Path, String> files = FeatureFiles.find(features, sink);
        int scenarios = files.entrySet().stream()
                .mapToInt(file -> parse(file.getKey(), file.getValue(), sink))
                .sum();
        junit.ifPresent(file -> requireWritable(file, sink));
        if (sink.hasErrors() || scenarios == 0) {
            bench.close();
            return FeatureResults.notRun(sink.sorted());
        }
        JudgedCalls judged = new JudgedCalls();
        try (TestRun run = new TestRun(bench, files, judged::add).enter()) {
            FeatureReport report = new FeatureReport(run, files, out);
            Runtime.builder()
                    .withRuntimeOptions(options(files, tags, junit).build())
                    .withClassLoader(FeatureRunner.class::getClassLoader)
                    .withAdditionalPlugins(report)
                    .build()
                    .run();
            return report.results(judged.inOrder());
        }
    }

    private static RuntimeOptionsBuilder options(
            Map<Path, String> files, Optional<Expression> tags, Optional<Path> junit) {
        RuntimeOptionsBuilder options =
                new RuntimeOptionsBuilder().addGlue(GLUE).setThreads(1);
        files.keySet().forEach(file -> options.addFeature(FeatureWithLines.create(file.toUri(), List.of())));
        tags.ifPresent(options::addTagFilter);
        junit.ifPresent(file -> options.addPluginName("junit:" + file.toUri()));
        return options;
    }

    private static int parse(Path path, String name, DiagnosticSink sink) {
        try {
            return FeatureFile.parse(new SourceFile(name, Files.readString(path)), sink)
                    .scenarioCount();
        } catch (CharacterCodingException e) {
            sink.add(DiagnosticId.SOURCE_UNREADABLE, null, "the feature `" + name + "` is no UTF-8 text");
        } catch (IOException e) {
            sink.add(DiagnosticId.SOURCE_UNREADABLE, null, "the feature `" + name + "` cannot be read");
        }
        return 0;
    }

    // Cucumber would find out by an exception, after the run has begun.
    private static void requireWritable(Path file, DiagnosticSink sink) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            sink.add(DiagnosticId.ARTIFACT_UNWRITABLE, null, "the report `" + file + "` cannot be written");
        }
    }
}
