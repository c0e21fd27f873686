package dev.writ.bench;

import dev.writ.runtime.identity.CertificateAuthority;
import dev.writ.runtime.identity.KeyAlgorithm;
import dev.writ.runtime.identity.SvidIssuer;
import dev.writ.runtime.judge.Decider;
import dev.writ.runtime.judge.Peer;
import dev.writ.runtime.judge.Request;
import dev.writ.runtime.judge.Verdict;
import io.grpc.Metadata;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine;
import io.grpc.xds.internal.rbac.engine.GrpcAuthorizationEngine.AuthDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a decision costs: the snapshot judge and gRPC's engine, the same rules and requests. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {
    /** How many rules. */
    @Param("10000")
    public int rules;

    /** Which rule the caller is for; {@code nobody} is let in by none. */
    @Param({"nobody", "last", "middle"})
    public String caller = "";

    private GrpcAuthorizationEngine engine = BenchedRules.grpc(0);
    private Decider linear = Decider.ofFilters(List.of());
    private Decider tree = Decider.ofFilters(List.of());
    private Metadata headers = new Metadata();
    private Request request = Request.from(new Peer.Plaintext()).build();
    private GrpcCall call = call("spiffe://shop.example");

    /** All three must say the same. */
    @Setup
    public void setUp() {
        String id = BenchedRules.caller(
                switch (caller) {
                    case "nobody" -> rules;
                    case "last" -> rules - 1;
                    default -> rules / 2;
                });
        engine = BenchedRules.grpc(rules);
        linear = Decider.ofFilters(List.of(BenchedRules.linear(rules)));
        tree = Decider.ofFilters(List.of(BenchedRules.tree(rules)));
        request = Request.from(Peer.Certificate.ofUriSans(id))
                .method("POST")
                .path("/shop.Cart/Add")
                .build();
        call = call(id);
        boolean allowed = grpc().decision() == GrpcAuthorizationEngine.Action.ALLOW;
        if (allowed != isAllowed(linear()) || allowed != isAllowed(tree()) || allowed == caller.equals("nobody")) {
            throw new IllegalStateException("the engines disagree: " + grpc() + ", " + linear() + ", " + tree());
        }
    }

    @Benchmark
    public AuthDecision grpc() {
        return engine.evaluate(headers, call);
    }

    @Benchmark
    public Verdict linear() {
        return linear.decide(request).verdict();
    }

    @Benchmark
    public Verdict tree() {
        return tree.decide(request).verdict();
    }

    private static boolean isAllowed(Verdict verdict) {
        return verdict.decision() == Verdict.Decision.ALLOW;
    }

    private static GrpcCall call(String id) {
        Instant now = Instant.now();
        CertificateAuthority authority = CertificateAuthority.generate("shop.example", KeyAlgorithm.EC_P256, now);
        return new GrpcCall(
                new SvidIssuer(authority).issue(id, Duration.ofHours(1), now).certificate());
    }
}
