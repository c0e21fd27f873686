package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.testing.feature.FeatureFile;
import dev.writ.runtime.testing.steps.ScenarioHooks;
import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.options.RuntimeOptions;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs features in this JVM, with Writ's own steps and no others. Nothing but the plan decides what is run: neither
 * Cucumber's environment variables nor its properties files are read.
 */
public final class FeatureRunner {
    private static final URI GLUE =
            URI.create("classpath:/" + ScenarioHooks.class.getPackageName().replace('.', '/'));

    private final JudgeBench bench;
    private final RunListener listener;

    /** @param bench closed after the run */
    public FeatureRunner(JudgeBench bench, RunListener listener) {
        this.bench = bench;
        this.listener = listener;
    }

    /** Runs the scenarios of the plan, unless one of its features cannot be read: then none. */
    public FeatureResults run(TestPlan plan) {
        DiagnosticSink sink = new DiagnosticSink();
        Map<Path, FeatureFiles.Chosen> files = FeatureFiles.find(plan.features(), sink);
        files.forEach((path, chosen) -> parse(path, chosen.name(), sink));
        plan.plugins().forEach(plugin -> plugin.requireWritable(sink));
        if (sink.hasErrors() || files.isEmpty()) {
            return notRun(sink);
        }
        RuntimeOptions options = options(files, plan);
        Schedule schedule = Schedule.of(files, options, sink);
        return sink.hasErrors() || schedule.scenarios().isEmpty() ? notRun(sink) : run(schedule, options, names(files));
    }

    private FeatureResults run(Schedule schedule, RuntimeOptions options, Map<Path, String> names) {
        JudgedCalls judged = new JudgedCalls();
        try (TestRun run = new TestRun(bench, names, judged::add).enter()) {
            FeatureReport report = new FeatureReport(run, schedule.scenarios(), listener);
            Runtime.builder()
                    .withRuntimeOptions(options)
                    .withClassLoader(FeatureRunner.class::getClassLoader)
                    .withFeatureSupplier(schedule::features)
                    .withAdditionalPlugins(report)
                    .build()
                    .run();
            return report.results(judged.inOrder());
        }
    }

    private FeatureResults notRun(DiagnosticSink sink) {
        bench.close();
        return FeatureResults.notRun(sink.sorted());
    }

    private static Map<Path, String> names(Map<Path, FeatureFiles.Chosen> files) {
        Map<Path, String> names = new LinkedHashMap<>();
        files.forEach((path, chosen) -> names.put(path, chosen.name()));
        return names;
    }

    private static RuntimeOptions options(Map<Path, FeatureFiles.Chosen> files, TestPlan plan) {
        RuntimeOptionsBuilder options = new RuntimeOptionsBuilder()
                .addGlue(GLUE)
                .setThreads(plan.threads())
                .setMonochrome(true);
        files.forEach((path, chosen) -> options.addFeature(FeatureWithLines.create(path.toUri(), chosen.lines())));
        plan.tags().ifPresent(options::addTagFilter);
        plan.name().ifPresent(options::addNameFilter);
        plan.plugins().forEach(plugin -> options.addPluginName(plugin.pluginString()));
        return options.build();
    }

    private static void parse(Path path, String name, DiagnosticSink sink) {
        try {
            FeatureFile.parse(new SourceFile(name, Files.readString(path)), sink);
        } catch (CharacterCodingException e) {
            sink.add(DiagnosticId.SOURCE_UNREADABLE, null, "the feature `" + name + "` is no UTF-8 text");
        } catch (IOException e) {
            sink.add(DiagnosticId.SOURCE_UNREADABLE, null, "the feature `" + name + "` cannot be read");
        }
    }
}
