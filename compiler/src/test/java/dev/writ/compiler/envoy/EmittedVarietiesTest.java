package dev.writ.compiler.envoy;

import static dev.writ.compiler.envoy.Policies.ID;
import static dev.writ.compiler.envoy.Policies.TRUST_DOMAIN;
import static dev.writ.compiler.envoy.Policies.allow;
import static dev.writ.compiler.envoy.Policies.deny;
import static dev.writ.compiler.envoy.Policies.enforced;
import static dev.writ.compiler.envoy.Policies.http;
import static dev.writ.compiler.envoy.Policies.inbound;
import static dev.writ.compiler.envoy.Policies.mutualTls;
import static dev.writ.compiler.envoy.Policies.segments;
import static dev.writ.compiler.envoy.Policies.tcp;
import static dev.writ.compiler.envoy.Policies.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.EnvoyFiles;
import dev.writ.compiler.envoy.config.Reading;
import dev.writ.compiler.envoy.testing.EnvoyProcess;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.AllOf;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.AnyOf;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Not;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Protocol;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is emitted is loaded by a real Envoy in every format, and read back by our own decoder without a doubt. */
class EmittedVarietiesTest {
    private static final RuleList PREFIX = enforced(allow("kuma-demo/mtp", new Prefix(ID + "/ns/kuma-demo")));
    private static final RuleList RICH = enforced(
            deny("kuma-demo/bad", segments("*", "ns", "*", "sa", "bad")),
            deny("kuma-demo/some", new AnyOf(List.of(segments("*", "x"), segments("*", "y", "**")))),
            deny("kuma-demo/web2", new Prefix(ID + "/ns/kuma-demo/sa/web2")),
            allow("kuma-demo/web", new Exact(ID + "/ns/kuma-demo/sa/web2")),
            allow("kuma-demo/api", segments(TRUST_DOMAIN, "ns", "*", "sa", "web.api"), new Condition.Sni("kv")),
            deny("kuma-demo/not", new AllOf(List.of(new Always(), new Not(segments(TRUST_DOMAIN, "*", "**"))))));

    static Stream<Arguments> varieties() {
        return Stream.of(
                variety("http with an allow prefix", http(5050, PREFIX)),
                variety("tcp with an allow prefix", tcp(6379, PREFIX)),
                variety("http without rules", http(5050, enforced())),
                variety("tcp without rules", tcp(6379, enforced())),
                variety("allow by default", tcp(6379, Policies.shadow())),
                variety("every kind of rule", http(5050, RICH), tcp(6379, RICH)),
                variety("conditions on http", http(5050, conditions())),
                variety("conditions alone", http(5050, enforced(allow("p", new Always(), new Condition.Sni("kv"))))),
                variety("shadow rules", shadowed(Protocol.HTTP), shadowed(6379)),
                variety("every protocol", protocols()),
                variety("partners", partners()),
                variety("callers as deep as is taken", http(5050, enforced(allow("p", deep())))),
                variety("the longest spiffe id", http(5050, longest()), tcp(6379, longest())),
                variety("names that need care", http(5050, careful())));
    }

    private static Arguments variety(String name, InboundPolicy... inbounds) {
        return Arguments.of(name, workload("kv", inbounds));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("varieties")
    void isLoadedByEnvoyInEveryFormat(String name, WorkloadPolicy policy, @TempDir Path folder) throws Exception {
        for (SnapshotFormat format : SnapshotFormat.values()) {
            ArtifactFiles.write(folder, SnapshotWriter.write(emit(policy), format));
            assertThat(EnvoyProcess.validate(folder.resolve(format.bootstrapFile())))
                    .as("%s as %s", name, format)
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("varieties")
    void isReadBackAlikeFromItsMessagesAndItsTexts(String name, WorkloadPolicy policy) {
        Snapshot snapshot = emit(policy);
        Reading fromMessages = EnvoyConfigReader.read(snapshot);
        assertThat(fromMessages).as(name).isInstanceOf(Reading.Read.class);
        assertThat(fromMessages.toString()).doesNotContain("Unmodelled");
        SortedMap<String, byte[]> files = SnapshotWriter.write(snapshot, SnapshotFormat.YAML);
        assertThat(EnvoyConfigReader.read(new EnvoyFiles(
                        text(files, ArtifactLayout.BOOTSTRAP),
                        text(files, ArtifactLayout.SDS_IDENTITY),
                        text(files, ArtifactLayout.SDS_TRUST))))
                .isEqualTo(fromMessages);
    }

    private static String text(SortedMap<String, byte[]> files, String name) {
        return new String(Objects.requireNonNull(files.get(name)), StandardCharsets.UTF_8);
    }

    private static Snapshot emit(WorkloadPolicy policy) {
        DiagnosticSink sink = new DiagnosticSink();
        return SnapshotEmitter.emit(policy, sink)
                .orElseThrow(() -> new AssertionError(sink.sorted().toString()));
    }

    private static RuleList conditions() {
        return enforced(
                allow("p", new Prefix(ID + "/ns/"), new Condition.Method(List.of("GET", "HEAD"))),
                deny("p", new Exact(ID + "/ns/x"), new Condition.Path("/a.b"), new Condition.PathPrefix("/a")),
                allow("p", new Always(), new Condition.PathPrefix("/health"), new Condition.Sni("kv")));
    }

    private static InboundPolicy shadowed(Protocol protocol) {
        return new InboundPolicy(inbound(5050, protocol), mutualTls(TRUST_DOMAIN), PREFIX, Optional.of(legacy()));
    }

    private static InboundPolicy shadowed(int port) {
        return new InboundPolicy(inbound(port, Protocol.TCP), mutualTls(TRUST_DOMAIN), PREFIX, Optional.of(legacy()));
    }

    private static RuleList legacy() {
        return Policies.shadow(
                deny("kuma-demo/legacy", segments(TRUST_DOMAIN, "ns", "legacy", "**")),
                deny("kuma-demo/legacy", segments("*", "ns", "legacy")));
    }

    private static InboundPolicy[] protocols() {
        Protocol[] all = Protocol.values();
        InboundPolicy[] inbounds = new InboundPolicy[all.length];
        for (int i = 0; i < all.length; i++) {
            inbounds[i] = new InboundPolicy(inbound(5000 + i, all[i]), mutualTls(TRUST_DOMAIN), RICH, Optional.empty());
        }
        return inbounds;
    }

    private static InboundPolicy partners() {
        return new InboundPolicy(
                inbound(5050, Protocol.GRPC), mutualTls(TRUST_DOMAIN, "partner.example"), PREFIX, Optional.empty());
    }

    /** Alternates, so that nothing can be flattened, and holds patterns, so that nothing is decided while compiling. */
    private static Principal deep() {
        Principal deep = segments("*", "x0");
        for (int i = 1; i < MatcherLowering.MAX_DEPTH; i++) {
            Principal other = segments("*", "x" + i);
            deep = i % 3 == 0
                    ? new Not(deep)
                    : i % 3 == 1 ? new AnyOf(List.of(other, deep)) : new AllOf(List.of(other, deep));
        }
        return deep;
    }

    private static RuleList longest() {
        String name = "x".repeat(2048 - ID.length() - 2);
        return enforced(allow("p", new Exact(ID + "/" + name)), deny("q", new Prefix(ID + "/" + name.substring(2))));
    }

    private static RuleList careful() {
        return enforced(
                allow("on", new Exact(ID + "/on")),
                allow("1e3", new Exact("with \"quotes\" and \\ and ü and \u0001 and : # - ")),
                allow("- x: y", new Prefix("# no comment")),
                allow("null", new Prefix(" leading and trailing ")));
    }
}
