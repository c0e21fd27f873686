package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Unmodelled;
import dev.writ.compiler.model.WorkloadKey;
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

    public SnapshotJudge(Map<WorkloadKey, EnvoyConfig> configs) {
        this.configs = new LinkedHashMap<>(configs);
    }

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public Verdict judge(Call call) {
        EnvoyConfig config = configs.get(call.to());
        if (config == null) {
            return Verdict.unknown("there is no config for `" + call.to() + "`");
        }
        List<InboundListener> listeners = config.listeners().stream()
                .filter(listener -> listener.port() == call.port())
                .toList();
        if (listeners.size() != 1) {
            String count = listeners.isEmpty() ? "no listener" : "more than one listener";
            return Verdict.unknown(count + " of `" + call.to() + "` is on port " + call.port());
        }
        InboundListener listener = listeners.get(0);
        if (listener.chains().size() != 1) {
            return Verdict.unknown("the choice among several filter chains is not modelled");
        }
        FilterChain chain = listener.chains().get(0);
        return firstUnmodelled(config, listener, chain)
                .map(unmodelled -> Verdict.unknown(unmodelled.reason()))
                .orElseGet(() -> judge(call, listener, chain));
    }

    private static Optional<Unmodelled> firstUnmodelled(
            EnvoyConfig config, InboundListener listener, FilterChain chain) {
        return Stream.of(config.unmodelled(), listener.unmodelled(), chain.unmodelled())
                .flatMap(List::stream)
                .findFirst();
    }

    private static Verdict judge(Call call, InboundListener listener, FilterChain chain) {
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
                                        admitted.uriSans(),
                                        admitted.tls() && listener.inspectsTls()
                                                ? serverName(call.sni())
                                                : Optional.empty(),
                                        Optional.empty()));
        };
    }

    private static Optional<String> serverName(@Nullable String sni) {
        return Optional.ofNullable(sni).filter(name -> !name.isEmpty());
    }
}
