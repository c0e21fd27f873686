package dev.writ.runtime.proxy;

import static dev.writ.compiler.envoy.Policies.ID;
import static dev.writ.compiler.envoy.Policies.allow;
import static dev.writ.compiler.envoy.Policies.deny;
import static dev.writ.compiler.envoy.Policies.enforced;
import static dev.writ.compiler.envoy.Policies.shadow;
import static dev.writ.runtime.proxy.EmittedConfigs.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Call;
import dev.writ.runtime.judge.Caller;
import dev.writ.runtime.judge.Verdict;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Verdicts of the real Envoy, over HTTP and over TCP, for what a judge must be able to tell apart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvoyJudgeTest {
    private static final int HTTP = 5050;
    private static final int TCP = 6379;
    private static final int SHADOWLESS_TCP = 6380;
    private static final WorkloadKey KV = new WorkloadKey("default", "default", "Deployment", "kuma-demo", "kv");
    private static final WorkloadKey REFUSED =
            new WorkloadKey("default", "default", "Deployment", "kuma-demo", "refused");
    private static final WorkloadKey OTHER_MESH = new WorkloadKey("other", "default", "Deployment", "kuma-demo", "kv");

    private @Nullable EnvoyJudge judge;

    @BeforeAll
    void startEnvoy() {
        RuleList named = enforced(
                deny("kuma-demo/no-web2", new Exact(ID + "/ns/shop/sa/web2")),
                allow("kuma-demo/shop", new Prefix(ID + "/ns/shop")),
                allow("kuma-demo/partner", new Prefix("spiffe://partner.example/")));
        RuleList reported = shadow(deny("kuma-demo/legacy", new Prefix(ID + "/ns/shop-old/")));
        RuleList http = enforced(
                allow("kuma-demo/get", new Exact(ID + "/ns/get/sa/a"), new Condition.Method(List.of("GET"))),
                allow("kuma-demo/api", new Exact(ID + "/ns/api/sa/a"), new Condition.PathPrefix("/api/")),
                allow("kuma-demo/sni", new Exact(ID + "/ns/sni/sa/a"), new Condition.Sni("kv.example")));
        List<String> trusted = List.of(Policies.TRUST_DOMAIN, "partner.example");
        judge = EnvoyJudge.start(
                RealEnvoy.require(),
                EmittedConfigs.of(List.of(
                        Policies.workload(
                                "kv",
                                inbound(HTTP, Protocol.HTTP, trusted, named, reported),
                                inbound(TCP, Protocol.TCP, trusted, named, reported),
                                inbound(SHADOWLESS_TCP, Protocol.TCP, trusted, named),
                                Policies.http(8080, http),
                                inbound(8081, Protocol.GRPC, List.of(Policies.TRUST_DOMAIN), http)),
                        EmittedConfigs.inMesh("other", Policies.workload("kv", Policies.http(HTTP, named))))),
                Map.of(REFUSED, "the emitter refused it"));
    }

    @AfterAll
    void stopEnvoy() {
        if (judge != null) {
            judge.close();
        }
    }

    @Test
    void anAllowingRuleIsNamed() {
        assertThat(onAllPorts(ID + "/ns/shop/sa/web"))
                .containsOnly(rbac(Decision.ALLOW, "kuma-demo/shop", Decision.ALLOW));
        assertThat(ask(SHADOWLESS_TCP, ID + "/ns/shop/sa/web")).isEqualTo(rbac(Decision.ALLOW, "kuma-demo/shop", null));
    }

    @Test
    void aDenyingRuleIsNamed() {
        assertThat(onAllPorts(ID + "/ns/shop/sa/web2"))
                .containsOnly(rbac(Decision.DENY, "kuma-demo/no-web2", Decision.ALLOW));
        assertThat(ask(SHADOWLESS_TCP, ID + "/ns/shop/sa/web2"))
                .isEqualTo(rbac(Decision.DENY, "kuma-demo/no-web2", null));
    }

    @Test
    void whereNoRuleMatchesTheDefaultDecides() {
        assertThat(onAllPorts(ID + "/ns/other/sa/web")).containsOnly(rbac(Decision.DENY, "default", Decision.ALLOW));
    }

    @Test
    void aShadowRuleIsReportedBesideTheEnforcedOne() {
        assertThat(onAllPorts(ID + "/ns/shop-old/sa/web"))
                .containsOnly(rbac(Decision.ALLOW, "kuma-demo/shop", Decision.DENY));
    }

    @Test
    void theGuardRefusesWhatIsNotOneSpiffeId() {
        Verdict guarded = rbac(Decision.DENY, "writ.not-one-spiffe-id", Decision.ALLOW);
        assertThat(onAllPorts(ID + "/ns/shop/sa/web", ID + "/ns/shop/sa/web2")).containsOnly(guarded);
        assertThat(onAllPorts(ID + "/ns/shop/../web")).containsOnly(guarded);
        assertThat(onAllPorts(ID + "/ns/shop/%65")).containsOnly(guarded);
        assertThat(onAllPorts(ID + "/ns/shop/")).containsOnly(guarded);
    }

    @Test
    void aPartnersCertificateIsSignedByThePartner() {
        assertThat(onAllPorts("spiffe://partner.example/a"))
                .containsOnly(rbac(Decision.ALLOW, "kuma-demo/partner", Decision.ALLOW));
    }

    @Test
    void tlsRefusesWhomNoTrustVouchesFor() {
        for (String foreign :
                List.of("spiffe://evil.example/ns/shop", "spiffe://DEFAULT.default.mesh.local/a", "kuma://a")) {
            assertThat(onAllPorts(foreign)).allMatch(EnvoyJudgeTest::isRefusedByTls);
        }
        Call toOtherMesh = new Call(
                new Caller.Certificate(List.of("spiffe://partner.example/a")), OTHER_MESH, HTTP, null, null, null);
        assertThat(envoy().judge(toOtherMesh)).matches(EnvoyJudgeTest::isRefusedByTls);
    }

    @Test
    void tlsRefusesACallerWithoutAGoodCertificateOrWithoutTls() {
        for (int port : List.of(HTTP, TCP, SHADOWLESS_TCP, 8081)) {
            for (Caller caller : List.of(
                    new Caller.Anonymous(),
                    new Caller.Plaintext(),
                    new Caller.ExpiredCertificate(List.of(ID + "/ns/shop/sa/web")),
                    new Caller.ForeignCertificate(List.of(ID + "/ns/shop/sa/web")),
                    new Caller.DnsCertificate(List.of("web.shop.svc")))) {
                assertThat(envoy().judge(new Call(caller, KV, port, null, null, null)))
                        .matches(EnvoyJudgeTest::isRefusedByTls);
            }
        }
    }

    @Test
    void methodPathAndServerNameReachTheRules() {
        for (int port : List.of(8080, 8081)) {
            assertThat(decision(port, "/ns/get/sa/a", null, "GET", "/")).isEqualTo(Decision.ALLOW);
            assertThat(decision(port, "/ns/get/sa/a", null, "DELETE", "/")).isEqualTo(Decision.DENY);
            assertThat(decision(port, "/ns/get/sa/a", null, null, null)).isEqualTo(Decision.ALLOW);
            assertThat(decision(port, "/ns/api/sa/a", null, "POST", "/api/x?y=1"))
                    .isEqualTo(Decision.ALLOW);
            assertThat(decision(port, "/ns/api/sa/a", null, "POST", "/apix")).isEqualTo(Decision.DENY);
            assertThat(decision(port, "/ns/sni/sa/a", "kv.example", null, null)).isEqualTo(Decision.ALLOW);
            assertThat(decision(port, "/ns/sni/sa/a", "kv.example.org", null, null))
                    .isEqualTo(Decision.DENY);
            assertThat(decision(port, "/ns/sni/sa/a", null, null, null)).isEqualTo(Decision.DENY);
        }
    }

    @Test
    void aPathThatTheConnectionManagerRefusesIsDeniedByNoRule() {
        Verdict verdict = ask(8080, null, "GET", "/api%2Fadmin");
        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.stage()).isEqualTo(Stage.NONE);
        assertThat(verdict.rule()).isNull();
    }

    @Test
    void whatNoRequestOrCertificateCanSayIsUnknown() {
        assertThat(ask(8080, null, "GE T", null).reason()).isEqualTo("`GE T` is no HTTP method of a request to a path");
        assertThat(ask(8080, null, "GET", "/\r\nX: y").decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(ask(8080, "not a name", null, null).reason()).isEqualTo("`not a name` is no server name");
        assertThat(ask(HTTP, ID + "/ns/é").reason())
                .isEqualTo("a certificate cannot hold the URI `" + ID + "/ns/é`: it is not ASCII");
        Call foreign = new Call(new Caller.Certificate(List.of("spiffe://evil/a")), KV, HTTP, null, "GE T", null);
        assertThat(envoy().judge(foreign)).matches(EnvoyJudgeTest::isRefusedByTls);
    }

    @Test
    void strangeSansReachEnvoyAsTheyAre() {
        Verdict guarded = rbac(Decision.DENY, "writ.not-one-spiffe-id", Decision.ALLOW);
        for (String strange :
                List.of("/a,b", "/a b", "/a\"b", "/a\nb", "/a?x=1", "/a#f", "/\\", "/" + "a".repeat(3000) + "/")) {
            assertThat(onAllPorts(ID + strange)).containsOnly(guarded);
        }
    }

    @Test
    void whatWasNotEmittedIsUnknown() {
        Caller caller = new Caller.Certificate(List.of(ID + "/a"));
        assertThat(envoy().judge(new Call(caller, REFUSED, HTTP, null, null, null)))
                .isEqualTo(Verdict.unknown("the emitter refused it"));
        assertThat(envoy().judge(new Call(
                        caller,
                        new WorkloadKey("default", "default", "Deployment", "kuma-demo", "nobody"),
                        HTTP,
                        null,
                        null,
                        null)))
                .isEqualTo(Verdict.unknown("there is no workload `kuma-demo/nobody`"));
        assertThat(envoy().judge(new Call(caller, KV, 1, null, null, null)))
                .isEqualTo(Verdict.unknown("`kuma-demo/kv` has no inbound on port 1"));
    }

    @Test
    void manyCallsAtOnceKeepTheirOrder() {
        List<Call> calls = new java.util.ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String path = i % 3 == 0 ? "/ns/shop/sa/web" + i : "/ns/other/sa/web" + i;
            calls.add(new Call(
                    new Caller.Certificate(List.of(ID + path)), KV, i % 2 == 0 ? HTTP : TCP, null, null, null));
        }
        List<Verdict> verdicts = envoy().judgeAll(calls);
        for (int i = 0; i < calls.size(); i++) {
            assertThat(verdicts.get(i).decision()).isEqualTo(i % 3 == 0 ? Decision.ALLOW : Decision.DENY);
        }
    }

    private EnvoyJudge envoy() {
        return java.util.Objects.requireNonNull(judge);
    }

    private List<Verdict> onAllPorts(String... uriSans) {
        return List.of(ask(HTTP, uriSans), ask(TCP, uriSans));
    }

    private Verdict ask(int port, String... uriSans) {
        return envoy().judge(new Call(new Caller.Certificate(List.of(uriSans)), KV, port, null, null, null));
    }

    private Verdict ask(int port, @Nullable String sni, @Nullable String method, @Nullable String path) {
        return envoy().judge(
                        new Call(new Caller.Certificate(List.of(ID + "/ns/get/sa/a")), KV, port, sni, method, path));
    }

    private Decision decision(
            int port, String caller, @Nullable String sni, @Nullable String method, @Nullable String path) {
        Verdict verdict =
                envoy().judge(new Call(new Caller.Certificate(List.of(ID + caller)), KV, port, sni, method, path));
        assertThat(verdict.stage()).isEqualTo(Stage.RBAC);
        return verdict.decision();
    }

    private static Verdict rbac(Decision decision, String rule, @Nullable Decision shadow) {
        return new Verdict(decision, Stage.RBAC, shadow, rule, null);
    }

    private static boolean isRefusedByTls(Verdict verdict) {
        return verdict.decision() == Decision.DENY
                && verdict.stage() == Stage.TLS
                && verdict.rule() == null
                && verdict.shadow() == null
                && verdict.reason() != null;
    }
}
