package dev.writ.runtime.testing;

import dev.writ.compiler.Compilation;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.JudgePanel;
import dev.writ.runtime.judge.ModelJudge;
import dev.writ.runtime.judge.Opinion;
import dev.writ.runtime.proxy.EnvoyFailure;
import dev.writ.runtime.proxy.EnvoyJudge;
import dev.writ.runtime.proxy.EnvoyLocator;
import dev.writ.runtime.proxy.EnvoyUnavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The judges of {@code --judge}. A real Envoy is started for the first call to a policy, and judges every later policy that
 * comes to the same config, until the bench is closed.
 */
public final class ChosenJudges implements JudgeBench {
    /** The system property that chooses the judges where there is no command line. */
    public static final String PROPERTY = "writ.judge";

    private final JudgeChoice choice;
    private final @Nullable Path envoy;
    private final List<Opinion.Unavailable> absent;
    private final Map<EmittedPolicy, FutureTask<EnvoyJudge>> running = new ConcurrentHashMap<>();
    private final Set<EmittedPolicy> asked = ConcurrentHashMap.newKeySet();
    private Set<EmittedPolicy> askedBefore = Set.of();

    private ChosenJudges(JudgeChoice choice, @Nullable Path envoy, List<Opinion.Unavailable> absent) {
        this.choice = choice;
        this.envoy = envoy;
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
        Path binary = wanted.test(JudgeChoice.ENVOY) ? envoy : null;
        if (snapshot || binary != null) {
            EmittedPolicy emitted = EmittedPolicy.of(policy);
            if (snapshot) {
                judges.add(emitted.snapshotJudge());
            }
            if (binary != null) {
                asked.add(emitted);
                judges.add(envoy(emitted, binary));
            }
        }
        return new JudgePanel(judges, wanted.test(JudgeChoice.ENVOY) ? absent : List.of());
    }

    @Override
    public boolean judges(Predicate<JudgeChoice> wanted) {
        return Stream.of(JudgeChoice.MODEL, JudgeChoice.SNAPSHOT)
                        .anyMatch(judge -> choice.includes(judge) && wanted.test(judge))
                || envoy != null && wanted.test(JudgeChoice.ENVOY);
    }

    @Override
    public List<Opinion.Unavailable> absent() {
        return absent;
    }

    /** Forgets each Envoy that has ended since the last run, or could not be started. */
    void beginRun() {
        removeEach(judge -> judge.getValue().state() != Future.State.SUCCESS
                || !judge.getValue().resultNow().isAlive());
    }

    /** Stops each Envoy that neither this run nor the one before asked; a run that asked none was none. */
    void endRun() {
        if (asked.isEmpty()) {
            return;
        }
        Set<EmittedPolicy> wanted = new HashSet<>(asked);
        wanted.addAll(askedBefore);
        removeEach(judge -> !wanted.contains(judge.getKey()));
        askedBefore = Set.copyOf(asked);
        asked.clear();
    }

    private void removeEach(Predicate<Map.Entry<EmittedPolicy, FutureTask<EnvoyJudge>>> unwanted) {
        List<Map.Entry<EmittedPolicy, FutureTask<EnvoyJudge>>> left = running.entrySet().stream()
                .filter(unwanted)
                .map(Map.Entry::copyOf)
                .toList();
        left.forEach(judge -> {
            running.remove(judge.getKey());
            close(judge.getValue());
        });
    }

    @Override
    public void close() {
        running.values().forEach(ChosenJudges::close);
        running.clear();
    }

    /** Scenarios that are run at the same time wait for the one Envoy of their config, but not for those of others. */
    private EnvoyJudge envoy(EmittedPolicy emitted, Path binary) {
        FutureTask<EnvoyJudge> starting =
                new FutureTask<>(() -> EnvoyJudge.startWith(binary, emitted.configs(), emitted.refused()));
        FutureTask<EnvoyJudge> known = running.putIfAbsent(emitted, starting);
        if (known == null) {
            starting.run();
            known = starting;
        }
        try {
            return known.get();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvoyFailure("interrupted while Envoy started", "");
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    private static void close(FutureTask<EnvoyJudge> started) {
        if (started.state() == Future.State.SUCCESS) {
            started.resultNow().close();
        }
    }
}
