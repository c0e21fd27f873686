package dev.writ.compiler.envoy;

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

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Protocol;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotEmitterTest {
    private static final RuleList RULES =
            enforced(allow("kuma-demo/mtp", new Prefix("spiffe://" + TRUST_DOMAIN + "/")));

    private final DiagnosticSink sink = new DiagnosticSink();

    @Test
    void everyInboundIsBehindMutualTlsOfItsTrustDomains() throws Exception {
        InboundPolicy partner = new InboundPolicy(
                inbound(6379, Protocol.TCP), mutualTls("a.example", "b.example"), RULES, Optional.empty());
        Snapshot snapshot = emit(workload("kv", partner));
        DownstreamTlsContext tls = tls(listeners(snapshot).get(0));
        assertThat(tls.getRequireClientCertificate().getValue()).isTrue();
        assertThat(tls.getCommonTlsContext()
                        .getCombinedValidationContext()
                        .getDefaultValidationContext()
                        .getMatchTypedSubjectAltNamesList())
                .extracting(name -> name.getSanType() + " " + name.getMatcher().getPrefix())
                .containsExactly("URI spiffe://a.example/", "URI spiffe://b.example/");
        assertThat(text(snapshot, ArtifactLayout.SDS_TRUST))
                .contains("name: a.example", "filename: secrets/a.example.pem", "filename: secrets/b.example.pem")
                .contains("name: envoy.tls.cert_validator.spiffe");
    }

    @Test
    void rulesStandBeforeEverythingElse() throws Exception {
        List<Listener> listeners = listeners(emit(workload("kv", http(5050, RULES), tcp(6379, RULES))));
        Filter http = chain(listeners.get(0)).getFilters(0);
        HttpConnectionManager manager = http.getTypedConfig().unpack(HttpConnectionManager.class);
        assertThat(manager.getHttpFiltersList())
                .extracting(HttpFilter::getName)
                .containsExactly("envoy.filters.http.rbac", "envoy.filters.http.router");
        assertThat(chain(listeners.get(1)).getFiltersList())
                .extracting(Filter::getName)
                .containsExactly("envoy.filters.network.rbac", "envoy.filters.network.tcp_proxy");
    }

    /** Otherwise a denied caller reads what an application says that speaks first: network RBAC decides at a caller's byte. */
    @Test
    void applicationIsNotConnectedBeforeTheRulesHaveDecided() {
        assertThat(text(emit(workload("redis", tcp(6379, RULES))), ArtifactLayout.BOOTSTRAP))
                .contains("upstreamConnectMode: ON_DOWNSTREAM_DATA");
    }

    @Test
    void applicationListensOnAPortOfItsOwnOnLoopback() {
        Snapshot snapshot =
                emit(workload("kv", http(5050, RULES), tcp(15050, RULES), tcp(60000, RULES), tcp(9901, RULES)));
        assertThat(listeners(snapshot))
                .extracting(listener -> address(listener.getAddress().getSocketAddress()))
                .containsExactly("0.0.0.0:5050", "0.0.0.0:15050", "0.0.0.0:60000", "0.0.0.0:9901");
        assertThat(snapshot.bootstrap().getStaticResources().getClustersList())
                .extracting(cluster -> cluster.getName() + " " + address(endpoint(cluster)))
                .containsExactly(
                        "local:kuma-demo/kv:5050 127.0.0.1:15051",
                        "local:kuma-demo/kv:15050 127.0.0.1:25050",
                        "local:kuma-demo/kv:60000 127.0.0.1:1024",
                        "local:kuma-demo/kv:9901 127.0.0.1:19901");
        assertThat(address(snapshot.bootstrap().getAdmin().getAddress().getSocketAddress()))
                .isEqualTo("127.0.0.1:9902");
    }

    @Test
    void nothingIsNamedAlikeInTwoWorkloads() {
        Snapshot kv = emit(workload("kv", http(5050, RULES)));
        Snapshot web = emit(workload("web", http(5050, RULES)));
        assertThat(List.of(listeners(kv).get(0).getName(), listeners(web).get(0).getName()))
                .containsExactly("inbound:kuma-demo/kv:5050", "inbound:kuma-demo/web:5050");
        assertThat(List.of(kv.identity().getName(), kv.trust().getName()))
                .doesNotContain(web.identity().getName(), web.trust().getName());
    }

    @Test
    void undecidableAdmissionIsAnErrorAndNothingIsEmitted() {
        Admission open = Policies.undecidable(DiagnosticId.IDENTITY_NONE_SELECTED, "no MeshIdentity selects `kv`");
        InboundPolicy plaintext = new InboundPolicy(inbound(1, Protocol.TCP), open, RULES, Optional.empty());
        assertThat(SnapshotEmitter.emit(workload("kv", http(5050, RULES), plaintext), sink))
                .isEmpty();
        assertThat(sink.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.id()).isEqualTo(DiagnosticId.IDENTITY_NONE_SELECTED);
            assertThat(underlined(finding)).isEqualTo("kv-workload");
        });
    }

    @Test
    void inboundThatNobodyIsTrustedForIsRefused() {
        InboundPolicy lonely = new InboundPolicy(inbound(1, Protocol.TCP), mutualTls(), RULES, Optional.empty());
        assertThat(SnapshotEmitter.emit(workload("kv", lonely), sink)).isEmpty();
        assertThat(sink.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.message()).isEqualTo("no trust domain vouches for the callers of `kuma-demo/kv`");
            assertThat(underlined(finding)).isEqualTo("kv-port");
        });
    }

    @Test
    void httpConditionOnATcpPortIsRefusedInShadowRulesToo() {
        RuleList shadow = Policies.shadow(deny("kuma-demo/s", new Always(), new Condition.Path("/")));
        InboundPolicy policy =
                new InboundPolicy(inbound(6379, Protocol.TCP), mutualTls(TRUST_DOMAIN), RULES, Optional.of(shadow));
        assertThat(SnapshotEmitter.emit(workload("kv", policy), sink)).isEmpty();
        assertThat(sink.sorted()).extracting(Diagnostic::id).containsExactly(DiagnosticId.TARGET_UNSUPPORTED);
    }

    @Test
    void portThatTwoServicesNameIsOneListenerUnlessTheyDisagree() {
        assertThat(listeners(emit(workload("kv", http(5050, RULES), http(5050, RULES)))))
                .hasSize(1);
        assertThat(SnapshotEmitter.emit(workload("kv", http(5050, RULES), tcp(5050, RULES)), sink))
                .isEmpty();
        assertThat(sink.sorted())
                .extracting(Diagnostic::message)
                .containsExactly("port 5050 is given twice, with different protocols or rules");
    }

    @Test
    void workloadThatNobodyCanCallHasNoArtifact() {
        assertThat(SnapshotEmitter.emit(workload("job"), sink)).isEmpty();
        assertThat(sink.sorted()).isEmpty();
    }

    @Test
    void shadowRulesAreReportedAndNotGuarded() {
        RuleList shadow = Policies.shadow(deny("kuma-demo/s", new Prefix("spiffe://" + TRUST_DOMAIN + "/ns/legacy/")));
        InboundPolicy policy =
                new InboundPolicy(inbound(5050, Protocol.HTTP), mutualTls(TRUST_DOMAIN), RULES, Optional.of(shadow));
        String text = text(emit(workload("kv", policy)), ArtifactLayout.BOOTSTRAP);
        assertThat(text).contains("shadowMatcher:").containsOnlyOnce("name: writ.not-one-spiffe-id");
    }

    @Test
    void serverNamesAreComparedAsEnvoyReadsThem() {
        RuleList rules = enforced(allow("kuma-demo/p", segments(TRUST_DOMAIN, "**"), new Condition.Sni("KV.Example")));
        assertThat(text(emit(workload("kv", tcp(6379, rules))), ArtifactLayout.BOOTSTRAP))
                .contains("exact: kv.example")
                .contains("name: envoy.filters.listener.tls_inspector");
    }

    @Test
    void ruleWithoutTheGuardHasNoGuard() {
        Admission.MutualTls open =
                new Admission.MutualTls(List.of(TRUST_DOMAIN), List.of("spiffe://" + TRUST_DOMAIN + "/"), false);
        RuleList rules = enforced(allow("kuma-demo/p", new Exact("spiffe://" + TRUST_DOMAIN + "/x")));
        InboundPolicy policy = new InboundPolicy(inbound(5050, Protocol.HTTP), open, rules, Optional.empty());
        assertThat(text(emit(workload("kv", policy)), ArtifactLayout.BOOTSTRAP)).doesNotContain("writ.not-one");
    }

    private Snapshot emit(WorkloadPolicy policy) {
        return SnapshotEmitter.emit(policy, sink)
                .orElseThrow(() -> new AssertionError(sink.sorted().toString()));
    }

    private static String text(Snapshot snapshot, String file) {
        return new String(
                Objects.requireNonNull(
                        SnapshotWriter.write(snapshot, SnapshotFormat.YAML).get(file)),
                StandardCharsets.UTF_8);
    }

    private static List<Listener> listeners(Snapshot snapshot) {
        return snapshot.bootstrap().getStaticResources().getListenersList();
    }

    private static FilterChain chain(Listener listener) {
        return listener.getFilterChains(0);
    }

    private static DownstreamTlsContext tls(Listener listener) throws Exception {
        return chain(listener).getTransportSocket().getTypedConfig().unpack(DownstreamTlsContext.class);
    }

    private static SocketAddress endpoint(Cluster cluster) {
        return cluster.getLoadAssignment()
                .getEndpoints(0)
                .getLbEndpoints(0)
                .getEndpoint()
                .getAddress()
                .getSocketAddress();
    }

    private static String address(SocketAddress address) {
        return address.getAddress() + ":" + address.getPortValue();
    }

    private static String underlined(Diagnostic finding) {
        return Objects.requireNonNull(finding.span()).text();
    }
}
