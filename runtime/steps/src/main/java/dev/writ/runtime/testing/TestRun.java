package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.proxy.EnvoyFailure;
import dev.writ.runtime.testing.feature.FeatureFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the scenarios of one run share: the judges and what they hold, the files already read, which rules decided.
 * {@link FeatureRunner} opens one for its threads; under any other runner of Cucumber's there is one for the whole JVM,
 * whose judges the system property {@code writ.judge} chooses.
 */
public final class TestRun implements AutoCloseable {
    /** The threads that Cucumber starts for a run have it from the one that runs it. */
    private static final ThreadLocal<@Nullable TestRun> OF_THREAD = new InheritableThreadLocal<>();

    private static @Nullable TestRun ofJvm;

    private final JudgeBench bench;
    private final Map<Path, String> featureNames;
    private final RuleCoverage coverage = new RuleCoverage();
    private final Map<URI, FeatureFile> features = new HashMap<>();
    private final SourceCache sources = new SourceCache();
    private final TestedPolicies policies = new TestedPolicies();
    private final Consumer<JudgedCall> listener;
    private final SortedMap<String, Integer> verdicts = new TreeMap<>();
    private @Nullable EnvoyFailure judgeFailure;

    /**
     * @param featureNames the names that the user of the run knows the features by
     * @param listener hears of each call that was judged, on the thread of its scenario
     */
    TestRun(JudgeBench bench, Map<Path, String> featureNames, Consumer<JudgedCall> listener) {
        this.bench = bench;
        this.featureNames = Map.copyOf(featureNames);
        this.listener = listener;
    }

    /** The run that the current thread's scenarios belong to. */
    public static synchronized TestRun current() {
        TestRun run = OF_THREAD.get();
        if (run != null) {
            return run;
        }
        if (ofJvm == null) {
            ofJvm = new TestRun(ChosenJudges.bySystemProperty(), Map.of(), call -> {});
        }
        return ofJvm;
    }

    /** Whether {@link FeatureRunner} runs the current thread's scenarios, with no other steps than ours. */
    static boolean isOfRunner() {
        return OF_THREAD.get() != null;
    }

    /** Ends the run of the JVM, if the current thread has none of its own: its Envoys are stopped. */
    public static synchronized void endOfJvm() {
        if (OF_THREAD.get() == null && ofJvm != null) {
            ofJvm.bench.close();
            ofJvm = null;
        }
    }

    /** Makes this the current thread's run until it is closed. */
    TestRun enter() {
        OF_THREAD.set(this);
        return this;
    }

    @Override
    public void close() {
        OF_THREAD.remove();
        bench.close();
    }

    /** How many verdicts each judge gave so far. */
    public synchronized SortedMap<String, Integer> verdicts() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
    }

    JudgeBench bench() {
        return bench;
    }

    /** Why no more scenario is judged; null while nothing has happened. */
    synchronized @Nullable EnvoyFailure judgeFailure() {
        return judgeFailure;
    }

    /** Has judges do something: once one of them has failed, none is asked again. */
    <T> T judging(Supplier<T> work) {
        EnvoyFailure before = judgeFailure();
        if (before != null) {
            throw new JudgeFailed(before);
        }
        try {
            return work.get();
        } catch (EnvoyFailure e) {
            throw new JudgeFailed(firstFailure(e));
        }
    }

    private synchronized EnvoyFailure firstFailure(EnvoyFailure failure) {
        if (judgeFailure == null) {
            judgeFailure = failure;
        }
        return judgeFailure;
    }

    RuleCoverage coverage() {
        return coverage;
    }

    /** Takes note of a call that was judged. */
    void add(JudgedCall made) {
        CurrentScenario.countVerdict();
        synchronized (this) {
            for (Opinion opinion : made.judged().opinions()) {
                if (opinion instanceof Opinion.Given given) {
                    verdicts.merge(given.judge(), 1, Integer::sum);
                }
            }
        }
        made.decider().ifPresent(coverage::decided);
        listener.accept(made);
    }

    /** The name by which the user of the run knows a feature. */
    String featureName(URI uri) {
        Path path = FeaturePaths.of(uri);
        return featureNames.getOrDefault(path, FeaturePaths.shown(path));
    }

    TestedPolicies policies() {
        return policies;
    }

    /** The feature of a scenario that is being run: Cucumber has parsed it before. */
    synchronized FeatureFile feature(URI uri) {
        FeatureFile known = features.get(uri);
        if (known != null) {
            return known;
        }
        DiagnosticSink sink = new DiagnosticSink();
        String text = FeaturePaths.read(FeaturePaths.of(uri));
        FeatureFile feature = FeatureFile.parse(new SourceFile(featureName(uri), text), sink);
        if (sink.hasErrors()) {
            throw new StepRefused(sink.sorted());
        }
        features.put(uri, feature);
        return feature;
    }

    /** The files that steps name, read once in a run. */
    SourceCache sources() {
        return sources;
    }
}
