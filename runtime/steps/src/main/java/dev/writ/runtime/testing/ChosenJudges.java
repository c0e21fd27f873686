package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.proxy.EnvoyLocator;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The judges of {@code --judge}. A real Envoy is started for the first call to a policy, and judges every later policy that
 * comes to the same config.
 */
public final class ChosenJudges implements JudgeBench {
    /** The system property that chooses the judges where there is no command line. */
    public static final String PROPERTY = "writ.judge";

    private final JudgeChoice choice;
    private final @Nullable EnvoyPool envoys;
    private final List<Opinion.Unavailable> absent;

    private ChosenJudges(JudgeChoice choice, @Nullable Path envoy, List<Opinion.Unavailable> absent) {
        this.choice = choice;
        this.envoys = envoy == null ? null : new EnvoyPool(envoy);
        this.absent = List.copyOf(absent);
    }

    /**
     * @param progress gets a line where something takes long: Envoy is got if it is not there
     * @throws EnvoyUnavailable if Envoy alone was chosen and there is none, or the user's own choice of one is none
     */
    public static ChosenJudges open(JudgeChoice choice, EnvoyLocator locator, Consumer<String> progress)
            throws EnvoyUnavailable {
        if (!choice.includes(JudgeChoice.ENVOY)) {
            return new ChosenJudges(choice, null, List.of());
        }
        if (locator.find().isPresent() || choice == JudgeChoice.ENVOY) {
            return new ChosenJudges(choice, locator.findOrInstall(progress), List.of());
        }
        try {
            return new ChosenJudges(choice, locator.findOrInstall(progress), List.of());
        } catch (EnvoyUnavailable e) {
            return new ChosenJudges(choice, null, List.of(new Opinion.Unavailable("envoy", e.getMessage())));
        }
    }

    /** Those that the system property {@value #PROPERTY} names; all where it is not set. */
    static ChosenJudges bySystemProperty() {
        System.Logger log = System.getLogger(ChosenJudges.class.getName());
        String name = System.getProperty(PROPERTY, JudgeChoice.ALL.toString());
        JudgeChoice choice = JudgeChoice.of(name)
                .orElseThrow(() -> ExpectationNotMet.of(
                        "the system property " + PROPERTY + " is model, snapshot, envoy or all, not `" + name + "`"));
        try {
            ChosenJudges judges = open(choice, new EnvoyLocator(), line -> log.log(System.Logger.Level.INFO, line));
            judges.absent.forEach(judge ->
                    log.log(System.Logger.Level.WARNING, judge.judge() + " does not judge: " + judge.reason()));
            return judges;
        } catch (EnvoyUnavailable e) {
            throw ExpectationNotMet.of("envoy does not judge: " + e.getMessage());
        }
    }

    @Override
    public JudgePanel panel(Compilation policy, Predicate<JudgeChoice> wanted) {
        List<Judge> judges = new ArrayList<>();
        if (choice.includes(JudgeChoice.MODEL) && wanted.test(JudgeChoice.MODEL)) {
            judges.add(new ModelJudge(policy.policy()));
        }
        boolean snapshot = choice.includes(JudgeChoice.SNAPSHOT) && wanted.test(JudgeChoice.SNAPSHOT);
        EnvoyPool pool = wanted.test(JudgeChoice.ENVOY) ? envoys : null;
        if (snapshot || pool != null) {
            EmittedPolicy emitted = EmittedPolicy.of(policy);
            if (snapshot) {
                judges.add(emitted.snapshotJudge());
            }
            if (pool != null) {
                judges.add(pool.judge(emitted));
            }
        }
        return new JudgePanel(judges, wanted.test(JudgeChoice.ENVOY) ? absent : List.of());
    }

    @Override
    public boolean judges(Predicate<JudgeChoice> wanted) {
        return Stream.of(JudgeChoice.MODEL, JudgeChoice.SNAPSHOT)
                        .anyMatch(judge -> choice.includes(judge) && wanted.test(judge))
                || envoys != null && wanted.test(JudgeChoice.ENVOY);
    }

    @Override
    public List<Opinion.Unavailable> absent() {
        return absent;
    }

    /** Forgets each Envoy that has ended since the last run, or could not be started. */
    void beginRun() {
        if (envoys != null) {
            envoys.beginRun();
        }
    }

    /** Stops each Envoy that neither this run nor the one before asked; a run that asked none was none. */
    void endRun() {
        if (envoys != null) {
            envoys.endRun();
        }
    }

    @Override
    public void close() {
        if (envoys != null) {
            envoys.close();
        }
    }
}
