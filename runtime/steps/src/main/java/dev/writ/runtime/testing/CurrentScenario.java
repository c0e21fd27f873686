package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.testing.feature.StepText;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The scenario that the current thread runs: which step it is at, what it declared, and its call. */
public final class CurrentScenario {
    private static final ThreadLocal<@Nullable CurrentScenario> OF_THREAD = new ThreadLocal<>();

    private final ScenarioStage stage;
    private int stepsTaken;
    private int verdicts;
    private @Nullable Declarations declarations;
    private @Nullable CallWords call;
    private List<PolicyUnderTest> policies = List.of();
    private int changesJudged = -1;

    private CurrentScenario(ScenarioStage stage) {
        this.stage = stage;
    }

    /**
     * Forgets the scenario before.
     *
     * @param name as its feature has it
     * @param uri of its feature
     * @param line the scenario's, or its row's in the examples
     */
    public static void start(String name, URI uri, int line) {
        start(new RunningScenario(name, uri, line));
    }

    static CurrentScenario start(ScenarioStage stage) {
        CurrentScenario scenario = new CurrentScenario(stage);
        OF_THREAD.set(scenario);
        return scenario;
    }

    public static void end() {
        OF_THREAD.remove();
    }

    /**
     * Ends one that was run.
     *
     * @param passed whether all of its steps did
     * @throws JudgesNothing if that was because none of them judges; where other people's steps run beside ours, theirs may
     */
    public static void end(boolean passed) {
        CurrentScenario ended = get();
        end();
        if (passed && ended.verdicts == 0 && TestRun.isOfRunner()) {
            throw new JudgesNothing();
        }
    }

    /** The scenario of this thread, if there is one, was given a verdict. */
    static void countVerdict() {
        CurrentScenario running = OF_THREAD.get();
        if (running != null) {
            running.verdicts++;
        }
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
        return stage.step(stepsTaken);
    }

    /** What the scenario declared so far. */
    public Declarations declarations() {
        Declarations known = declarations;
        if (known == null) {
            known = stage.open();
            declarations = known;
        }
        return known;
    }

    /** All of it compiled for each of its targets, with the judges; compiled anew after a further declaration. */
    List<PolicyUnderTest> policies() {
        Declarations declared = declarations();
        if (changesJudged != declared.changes()) {
            policies = stage.judged(declared);
            changesJudged = declared.changes();
        }
        return policies;
    }

    /** Makes the call that the words mean. */
    public void call(CallWords words) {
        policies().forEach(policy -> resolve(words, policy));
        call = words;
    }

    /** Judges the scenario's call. */
    public void expect(Expectation expected, Optional<String> rule) {
        CallWords made = call;
        if (made == null) {
            throw ExpectationNotMet.of("no call has been made before this step");
        }
        SourceSpan place = step().span();
        List<String> findings = policies().stream()
                .flatMap(policy -> policy.mismatch(resolve(made, policy), expected, rule, place).stream())
                .toList();
        if (!findings.isEmpty()) {
            throw ExpectationNotMet.ofAll(findings);
        }
    }

    private static Call resolve(CallWords words, PolicyUnderTest policy) {
        DiagnosticSink sink = new DiagnosticSink();
        Optional<Call> made = words.resolve(policy.resolver(), sink);
        Declarations.refuseErrors(sink.sorted());
        return made.orElseThrow();
    }
}
