package dev.writ.runtime.testing;

import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.proxy.EnvoyFailure;
import dev.writ.runtime.proxy.EnvoyJudge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The Envoys that judge: one for each config, started at its first call and shared by all scenarios that come to that config. A
 * suite may have hundreds of configs, so that only a few run at a time: for one more, that which was not asked for longest is
 * stopped, and started again if need be. None is stopped while it judges.
 */
final class EnvoyPool implements AutoCloseable {
    private static final int MOST = 12;

    private final Path binary;
    private final Map<EmittedPolicy, Running> running = new HashMap<>();
    private final Set<EmittedPolicy> asked = new HashSet<>();
    private Set<EmittedPolicy> askedBefore = Set.of();
    private long clock;

    EnvoyPool(Path binary) {
        this.binary = binary;
    }

    /** An Envoy of a config, or one that is being started; what it is used for, and when, is the pool's to know. */
    private final class Running {
        private final FutureTask<EnvoyJudge> envoy;
        private int calls;
        private long lastAsked;
        private boolean stopped;

        Running(EmittedPolicy emitted) {
            this.envoy = new FutureTask<>(() -> EnvoyJudge.startWith(binary, emitted.configs(), emitted.refused()));
        }

        void ask() {
            calls++;
            lastAsked = ++clock;
        }

        boolean works() {
            return envoy.state() == Future.State.SUCCESS && envoy.resultNow().isAlive();
        }

        void stop() {
            if (envoy.state() == Future.State.SUCCESS) {
                envoy.resultNow().close();
            }
        }
    }

    /** The judge of a config's calls. */
    Judge judge(EmittedPolicy emitted) {
        return new Judge() {
            private @Nullable Running last;

            @Override
            public String name() {
                return "envoy";
            }

            @Override
            public Verdict judge(Call call) {
                Running envoy = ask(emitted, last);
                last = envoy;
                try {
                    return started(envoy).judge(call);
                } finally {
                    release(envoy);
                }
            }
        };
    }

    /** @param last the one that was asked before, if it still runs */
    private Running ask(EmittedPolicy emitted, @Nullable Running last) {
        Collection<Running> tooMany;
        Running envoy;
        synchronized (this) {
            if (last != null && !last.stopped) {
                envoy = last;
            } else {
                envoy = running.computeIfAbsent(emitted, Running::new);
                asked.add(emitted);
            }
            envoy.ask();
            tooMany = takeTooMany();
        }
        tooMany.forEach(Running::stop);
        return envoy;
    }

    private synchronized void release(Running envoy) {
        envoy.calls--;
    }

    private Collection<Running> takeTooMany() {
        List<Running> taken = new ArrayList<>();
        while (running.size() > MOST) {
            Optional<Map.Entry<EmittedPolicy, Running>> oldest = running.entrySet().stream()
                    .filter(entry -> entry.getValue().calls == 0)
                    .min(Comparator.comparingLong(entry -> entry.getValue().lastAsked));
            if (oldest.isEmpty()) {
                break;
            }
            oldest.get().getValue().stopped = true;
            taken.add(oldest.get().getValue());
            running.remove(oldest.get().getKey());
        }
        return taken;
    }

    /** Scenarios that are run at the same time wait for the one Envoy of their config, but not for those of others. */
    private static EnvoyJudge started(Running envoy) {
        envoy.envoy.run();
        try {
            return envoy.envoy.get();
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

    /** Forgets each Envoy that has ended since the last run, or could not be started. */
    void beginRun() {
        removeEach(envoy -> !envoy.getValue().works());
    }

    /** Stops each Envoy that neither this run nor the one before asked; a run that asked none was none. */
    synchronized void endRun() {
        if (asked.isEmpty()) {
            return;
        }
        Set<EmittedPolicy> wanted = new HashSet<>(asked);
        wanted.addAll(askedBefore);
        removeEach(envoy -> !wanted.contains(envoy.getKey()));
        askedBefore = Set.copyOf(asked);
        asked.clear();
    }

    private synchronized void removeEach(Predicate<Map.Entry<EmittedPolicy, Running>> unwanted) {
        running.entrySet().removeIf(envoy -> {
            boolean removed = unwanted.test(envoy);
            if (removed) {
                envoy.getValue().stopped = true;
                envoy.getValue().stop();
            }
            return removed;
        });
    }

    @Override
    public void close() {
        removeEach(envoy -> true);
    }
}
