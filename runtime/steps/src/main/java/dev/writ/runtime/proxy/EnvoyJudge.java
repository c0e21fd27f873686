package dev.writ.runtime.proxy;

import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.identity.Svid;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Judge;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.proxy.CallerConnection.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The third judge: one real Envoy with the emitted config of every workload, called over real TLS; its verdict is what it wrote
 * to its access log. What leaves no evidence is an {@link EnvoyFailure}, never a deny.
 *
 * <p>The config differs from the artifacts in addresses, endpoints, log sinks, the folder that goes before names and relative
 * paths, secrets that are static and not read by SDS ({@link JudgeConfig}), and on TCP one more filter ({@link JudgeListener}).
 * Certificates come from CAs made for the run.
 */
public final class EnvoyJudge implements Judge, AutoCloseable {
    private static final int CALLS_IN_FLIGHT = 8;
    private static final Duration EVIDENCE_LIMIT = Duration.ofSeconds(15);

    private final Map<WorkloadKey, String> unjudged;
    private final Map<WorkloadKey, Map<Integer, JudgedInbound>> inbounds;
    private final TestAuthorities authorities;
    private final EvidenceLog log = new EvidenceLog();
    private final ApplicationStub stub;
    private final TemporaryFolder folder;
    private final EnvoyProcess envoy;
    private final Map<String, Integer> ports;
    private final ExecutorService callers;
    private final long evidenceSeconds;

    private EnvoyJudge(Path binary, List<JudgedConfig> configs, Map<WorkloadKey, String> unjudged, Duration evidence) {
        this.evidenceSeconds = evidence.toSeconds();
        this.unjudged = Map.copyOf(unjudged);
        this.authorities = new TestAuthorities(configs, Instant.now());
        this.stub = new ApplicationStub();
        this.folder = new TemporaryFolder();
        try {
            JudgeConfig config = new JudgeConfig(configs, authorities::folder, stub.port());
            this.inbounds = config.inbounds();
            Files.write(folder.path().resolve(JudgeConfig.FILE), config.toByteArray());
            authorities.write(folder.path());
            this.envoy = EnvoyProcess.start(binary, folder.path(), JudgeConfig.FILE, log::accept);
        } catch (IOException e) {
            closeFiles();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            closeFiles();
            throw e;
        }
        this.ports = envoy.listenerPorts();
        envoy.onEnd(() -> log.end(() -> envoy.failure("Envoy has ended")));
        this.callers = Executors.newFixedThreadPool(
                CALLS_IN_FLIGHT,
                Thread.ofPlatform().daemon().name("writ-caller-", 0).factory());
    }

    /** Starts Envoy with artifacts. */
    public static EnvoyJudge start(Path binary, List<Snapshot> snapshots, Map<WorkloadKey, String> unjudged) {
        return startWith(binary, snapshots.stream().map(JudgedConfig::of).toList(), unjudged);
    }

    /**
     * Starts Envoy and waits until it can be called.
     *
     * @param unjudged workloads whose config could not be emitted, with the reason: verdicts about them are unknown
     * @throws EnvoyFailure if Envoy does not start or refuses the config
     */
    public static EnvoyJudge startWith(Path binary, List<JudgedConfig> configs, Map<WorkloadKey, String> unjudged) {
        return startWith(binary, configs, unjudged, EVIDENCE_LIMIT);
    }

    /** @param evidence how long Envoy may take to log a call */
    static EnvoyJudge startWith(
            Path binary, List<JudgedConfig> configs, Map<WorkloadKey, String> unjudged, Duration evidence) {
        return new EnvoyJudge(binary, configs, unjudged, evidence);
    }

    @Override
    public String name() {
        return "envoy";
    }

    @Override
    public Verdict judge(Call call) {
        return judgeAll(List.of(call)).getFirst();
    }

    /**
     * Judges several calls, some at a time; the verdicts in their order. Each has a handshake of its own, but that calls of one caller
     * to one HTTP inbound share one.
     */
    public List<Verdict> judgeAll(List<Call> calls) {
        List<Future<List<Pending>>> pending = new ArrayList<>();
        List<List<Integer>> shares = SharedHandshakes.of(calls, this::isHttp);
        for (List<Integer> share : shares) {
            pending.add(callers.submit(() -> send(share.stream().map(calls::get).toList())));
        }
        Verdict[] verdicts = new Verdict[calls.size()];
        try {
            for (int i = 0; i < shares.size(); i++) {
                List<Pending> sent = await(pending.get(i), evidenceSeconds * calls.size());
                for (int j = 0; j < sent.size(); j++) {
                    verdicts[shares.get(i).get(j)] = sent.get(j).verdict(this);
                }
            }
        } finally {
            pending.forEach(call -> call.cancel(true));
        }
        return List.of(verdicts);
    }

    /** Whether its Envoy still runs. */
    public boolean isAlive() {
        return envoy.isAlive();
    }

    @Override
    public void close() {
        callers.shutdownNow();
        envoy.close();
        closeFiles();
    }

    /** The process that judges. */
    EnvoyProcess process() {
        return envoy;
    }

    /** Where its config and keys are while it judges. */
    Path folder() {
        return folder.path();
    }

    /**
     * A call that was made and whose evidence is on its way; or a verdict that needs none.
     *
     * @param place of the call among those on its connection
     */
    private record Pending(
            @Nullable Verdict known,
            @Nullable JudgedInbound inbound,
            Call call,
            Answer answer,
            int place,
            CompletableFuture<List<Evidence>> evidence) {
        static Pending known(Call call, Verdict verdict) {
            return new Pending(verdict, null, call, Answer.ENDED, 0, CompletableFuture.completedFuture(List.of()));
        }

        Verdict verdict(EnvoyJudge judge) {
            if (known != null) {
                return known;
            }
            try {
                List<Evidence> lines = judge.await(evidence, judge.evidenceSeconds);
                return VerdictReading.read(Objects.requireNonNull(inbound), call, ofPlace(lines), answer);
            } catch (VerdictReading.Inconclusive e) {
                throw judge.envoy.failure(e.line());
            }
        }

        /** The connection's own line is its last. */
        private List<Evidence> ofPlace(List<Evidence> lines) {
            int requests = lines.size() - 1;
            return place < requests ? List.of(lines.get(place), lines.getLast()) : List.of(lines.getLast());
        }
    }

    private List<Pending> send(List<Call> calls) throws IOException {
        Call first = calls.getFirst();
        Optional<String> reason = Optional.ofNullable(unjudged.get(first.to())).or(() -> CallText.unsayable(first));
        if (reason.isPresent()) {
            return known(calls, reason.get());
        }
        Map<Integer, JudgedInbound> ofWorkload = inbounds.get(first.to());
        if (ofWorkload == null) {
            return known(calls, "there is no workload `" + first.to() + "`");
        }
        JudgedInbound inbound = ofWorkload.get(first.port());
        return inbound == null
                ? known(calls, "`" + first.to() + "` has no inbound on port " + first.port())
                : send(calls, inbound);
    }

    private static List<Pending> known(List<Call> calls, String reason) {
        return calls.stream()
                .map(call -> Pending.known(call, Verdict.unknown(reason)))
                .toList();
    }

    /** Over one connection, or over more where Envoy ends one after an answer. */
    private List<Pending> send(List<Call> calls, JudgedInbound inbound) throws IOException {
        int port = Objects.requireNonNull(ports.get(inbound.listener()));
        List<Pending> sent = new ArrayList<>();
        while (sent.size() < calls.size()) {
            List<Call> rest = calls.subList(sent.size(), calls.size());
            AtomicReference<CompletableFuture<List<Evidence>>> evidence = new AtomicReference<>();
            int answered = CallerConnection.call(
                    port,
                    rest.stream().map(call -> CallText.payload(call, inbound)).toList(),
                    connection -> evidence.set(log.expect(connection)),
                    secured(rest.getFirst()));
            // What ended before the first answer ended for all.
            for (int i = 0; i < (answered == 0 ? rest.size() : answered); i++) {
                sent.add(new Pending(
                        null,
                        inbound,
                        rest.get(i),
                        answered == 0 ? Answer.ENDED : Answer.ANSWERED,
                        i,
                        Objects.requireNonNull(evidence.get())));
            }
        }
        return sent;
    }

    private boolean isHttp(Call call) {
        JudgedInbound inbound = inbounds.getOrDefault(call.to(), Map.of()).get(call.port());
        return inbound != null && inbound.http();
    }

    private UnaryOperator<Socket> secured(Call call) {
        return switch (call.caller()) {
            case Caller.Plaintext plaintext -> socket -> socket;
            case Caller.Anonymous anonymous -> socket -> tls(socket, call, null);
            case Caller.Presenting presenting -> {
                Svid svid = authorities.caller(call.to().mesh(), presenting);
                yield socket -> tls(socket, call, svid);
            }
        };
    }

    private Socket tls(Socket socket, Call call, @Nullable Svid svid) {
        List<String> protocols = svid == null ? List.of() : List.of(Caller.APPLICATION_PROTOCOL);
        return CallerTls.over(socket, svid, authorities.callee(), call.sni(), protocols);
    }

    private <T> T await(Future<T> future, long seconds) {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw envoy.failure("Envoy left no evidence of a call for " + seconds + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw envoy.failure("interrupted while Envoy judged");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof EnvoyFailure known) {
            return known;
        }
        return cause instanceof IOException broken
                ? envoy.failure("Envoy cannot be called: " + broken.getMessage())
                : new IllegalStateException("a call failed before it was made", cause);
    }

    private void closeFiles() {
        stub.close();
        folder.close();
    }
}
