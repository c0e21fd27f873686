package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The second judge: evaluates the config that an Envoy would load, as Envoy does, and knows nothing of the policy it came
 * from. What the config leaves to something that Writ does not model makes the verdict unknown.
 */
public final class SnapshotJudge implements Judge {
    private final Map<WorkloadKey, EnvoyConfig> configs;
    private final Map<WorkloadKey, String> unjudged;

    public SnapshotJudge(Map<WorkloadKey, EnvoyConfig> configs) {
        this(configs, Map.of());
    }

    /** @param unjudged workloads without a config, with the reason: verdicts about them are unknown */
    public SnapshotJudge(Map<WorkloadKey, EnvoyConfig> configs, Map<WorkloadKey, String> unjudged) {
        this.configs = new LinkedHashMap<>(configs);
        this.unjudged = new LinkedHashMap<>(unjudged);
    }

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public Verdict judge(Call call) {
        EnvoyConfig config = configs.get(call.to());
        if (config == null) {
            return Verdict.unknown(unjudged.getOrDefault(call.to(), "there is no config for `" + call.to() + "`"));
        }
        List<InboundListener> listeners = config.listeners().stream()
                .filter(listener -> listener.port() == call.port())
                .toList();
        if (listeners.size() != 1) {
            String count = listeners.isEmpty() ? "no listener" : "more than one listener";
            return Verdict.unknown(count + " of `" + call.to() + "` is on port " + call.port());
        }
        InboundListener listener = listeners.get(0);
        Optional<Unmodelled> unmodelled = Stream.concat(config.unmodelled().stream(), listener.unmodelled().stream())
                .findFirst();
        return unmodelled.isPresent() ? Verdict.unknown(unmodelled.get().reason()) : judge(call, listener);
    }

    private static Verdict judge(Call call, InboundListener listener) {
        return switch (ChainChoice.of(listener, call.caller())) {
            case ChainChoice.Result.None none -> new Verdict(Decision.DENY, Stage.NONE, null, null, none.reason());
            case ChainChoice.Result.Unknown unknown -> Verdict.unknown(unknown.reason());
            case ChainChoice.Result.Chosen chosen ->
                chosen.chain().unmodelled().stream()
                        .findFirst()
                        .map(unmodelled -> Verdict.unknown(unmodelled.reason()))
                        .orElseGet(() -> judge(call, listener, chosen.chain()));
        };
    }

    private static Verdict judge(Call call, InboundListener listener, FilterChain chain) {
        boolean speaksTls = ChainChoice.speaksTls(call.caller());
        return switch (Handshake.of(call.caller(), chain.transport())) {
            case Handshake.Result.Refused refused -> Verdict.refusedByTls(refused.reason());
            case Handshake.Result.Unknown unknown -> Verdict.unknown(unknown.reason());
            case Handshake.Result.Admitted admitted ->
                new FilterPass(call)
                        .through(
                                chain.filters(),
                                new Connection(
                                        call.port(),
                                        admitted.tls(),
                                        speaksTls && !admitted.tls(),
                                        admitted.uriSans(),
                                        speaksTls && listener.inspectsTls() ? serverName(call.sni()) : Optional.empty(),
                                        Optional.empty()));
        };
    }

    private static Optional<String> serverName(@Nullable String sni) {
        return Optional.ofNullable(sni).filter(name -> !name.isEmpty());
    }
}
