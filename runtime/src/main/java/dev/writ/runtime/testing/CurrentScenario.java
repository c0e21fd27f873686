package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.testing.feature.StepText;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The scenario that the current thread runs: which step it is at, what it declared, and its call. */
public final class CurrentScenario {
    private static final ThreadLocal<@Nullable CurrentScenario> OF_THREAD = new ThreadLocal<>();

    private final URI uri;
    private final int line;
    private int stepsTaken;
    private @Nullable Declarations declarations;
    private @Nullable Call call;

    private CurrentScenario(URI uri, int line) {
        this.uri = uri;
        this.line = line;
    }

    /**
     * Forgets the scenario before. The feature itself is read when one of Writ's steps needs it: the scenarios of other
     * people's steps run beside ours.
     *
     * @param uri of its feature
     * @param line the scenario's, or its row's in the examples
     */
    public static void start(URI uri, int line) {
        OF_THREAD.set(new CurrentScenario(uri, line));
    }

    public static void end() {
        OF_THREAD.remove();
    }

    public static CurrentScenario get() {
        CurrentScenario scenario = OF_THREAD.get();
        if (scenario == null) {
            throw new IllegalStateException("no scenario is running: the package of the hooks is not among the glue");
        }
        return scenario;
    }

    /** Moves on to the step that is about to run. */
    public void nextStep() {
        stepsTaken++;
    }

    /** The step that is running. */
    public StepText step() {
        return TestRun.current().feature(uri).steps(line).get(stepsTaken - 1);
    }

    /** What the scenario declared so far. */
    public Declarations declarations() {
        Declarations known = declarations;
        if (known == null) {
            TestRun run = TestRun.current();
            Path folder = Path.of(run.feature(uri).source().name()).getParent();
            known = new Declarations(run, folder == null ? Path.of("") : folder);
            declarations = known;
        }
        return known;
    }

    /** Makes the call that the words mean. */
    public void call(CallWords words) {
        DiagnosticSink sink = new DiagnosticSink();
        Optional<Call> made = words.resolve(declarations().policy().resolver(), sink);
        Declarations.refuseErrors(sink.sorted());
        call = made.orElseThrow();
    }

    /** Judges the scenario's call. */
    public void expect(Expectation expected, Optional<String> rule) {
        Call made = call;
        if (made == null) {
            throw ExpectationNotMet.of("no call has been made before this step");
        }
        declarations().policy().mismatch(made, expected, rule).ifPresent(finding -> {
            throw ExpectationNotMet.of(finding);
        });
    }
}
