package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.model.WorkloadKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The second judge: evaluates the config that an Envoy would load, as Envoy does, and knows nothing of the policy it came
 * from. What the config leaves to something that Writ does not model makes the verdict unknown.
 */
public final class SnapshotJudge implements Judge {
    private static final Instant LONG_AGO = Instant.EPOCH;

    private final Map<WorkloadKey, EnvoyConfig> configs;
    private final Map<WorkloadKey, String> unjudged;
    /** One for each inbound that was called, because it knows by then which rules can be about whom. */
    private final Map<Inbound, Decider> deciders = new ConcurrentHashMap<>();

    private record Inbound(WorkloadKey workload, int port) {}

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
        Verdict verdict = deciders.computeIfAbsent(
                        new Inbound(call.to(), call.port()),
                        inbound -> Decider.of(config, listeners.get(0), Instant.now()))
                .decide(request(call))
                .verdict();
        // Judges are compared with their shadow verdicts.
        return verdict.shadow() == Verdict.Decision.UNKNOWN
                ? Verdict.unknown(Objects.requireNonNull(verdict.reason()))
                : verdict;
    }

    private static Request request(Call call) {
        Peer peer = peer(call.caller());
        return Request.from(peer)
                .applicationProtocols(
                        peer instanceof Peer.Certificate ? List.of(Caller.APPLICATION_PROTOCOL) : List.of())
                .serverName(call.sni())
                .destination(null, call.port())
                .method(call.method() == null ? "GET" : call.method())
                .path(call.path() == null ? "/" : call.path())
                .headersUnsaid()
                .build();
    }

    /** The callers that Writ judges have nothing in their certificates but SANs. */
    private static Peer peer(Caller caller) {
        return switch (caller) {
            case Caller.Plaintext plaintext -> new Peer.Plaintext();
            case Caller.Anonymous anonymous -> new Peer.Anonymous();
            case Caller.Certificate certificate ->
                named(certificate, new Peer.Issuer.OfTrustDomain(trustDomain(certificate)), null);
            case Caller.ExpiredCertificate certificate ->
                named(certificate, new Peer.Issuer.OfTrustDomain(trustDomain(certificate)), LONG_AGO);
            case Caller.ForeignCertificate certificate -> named(certificate, new Peer.Issuer.Untrusted(), null);
            case Caller.DnsCertificate certificate ->
                new Peer.Certificate(List.of(), certificate.dnsNames(), "", new Peer.Issuer.Trusted(), null);
        };
    }

    private static Peer named(Caller.Named caller, Peer.Issuer issuer, @Nullable Instant notAfter) {
        return new Peer.Certificate(caller.uriSans(), List.of(), "", issuer, notAfter);
    }

    /** Whose CA a caller's certificate is signed by. */
    private static String trustDomain(Caller.Named caller) {
        return caller.uriSans().get(0).replaceFirst("^spiffe://", "").split("/", 2)[0];
    }
}
