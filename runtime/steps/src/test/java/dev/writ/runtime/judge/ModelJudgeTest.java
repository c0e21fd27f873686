package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.MeshPolicy;
import dev.writ.compiler.ir.Origin;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.AllOf;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.AnyOf;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Not;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import dev.writ.compiler.ir.WorkloadPolicy;
import dev.writ.compiler.model.Protocol;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.runtime.judge.Trace.RuleTrace;
import dev.writ.runtime.judge.Trace.Step;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelJudgeTest {
    private static final SourceFile FILE =
            new SourceFile("kv.yaml", "deny legacy\nallow shop\nshadow-deny evil\nallow api\n");
    private static final String SHOP = "spiffe://a.example/ns/shop/";
    private static final String WEB = SHOP + "sa/web";
    private static final MutualTls MTLS = new MutualTls(
            List.of("a.example", "b.example"), List.of("spiffe://a.example/", "spiffe://b.example/"), true);

    private static final Rule LEGACY = rule(Action.DENY, "legacy", new Prefix("spiffe://a.example/ns/legacy/"), 1);
    private static final Rule ALLOW_SHOP = rule(Action.ALLOW, "shop", new Prefix("spiffe://a.example/ns/shop"), 2);
    private static final Rule EVIL = rule(Action.DENY, "evil", new Prefix("spiffe://a.example/ns/shop-evil/"), 3);
    private static final InboundPolicy POLICY = new InboundPolicy(
            Policies.inbound(5050, Protocol.HTTP),
            MTLS,
            new RuleList(List.of(LEGACY, ALLOW_SHOP), Action.DENY),
            Optional.of(new RuleList(List.of(EVIL), Action.ALLOW)));

    private static Rule rule(Action action, String name, Principal principal, int line, Condition... conditions) {
        int start = FILE.lineStart(line);
        Origin origin =
                new Origin(name, FILE.span(start, start + FILE.line(line).length()));
        return new Rule(action, principal, List.of(conditions), origin);
    }

    private static ModelVerdict explain(InboundPolicy policy, Call call) {
        return new ModelJudge(new MeshPolicy(List.of(Policies.workload("kv", policy)))).explain(call);
    }

    private static Call call(
            Caller caller, int port, @Nullable String sni, @Nullable String method, @Nullable String path) {
        WorkloadPolicy any = Policies.workload("kv", POLICY);
        return new Call(caller, any.workload().key(), port, sni, method, path);
    }

    private static Call call(String... uriSans) {
        return call(new Caller.Certificate(List.of(uriSans)), 5050, null, null, null);
    }

    private static Verdict judge(InboundPolicy policy, Call call) {
        return explain(policy, call).verdict();
    }

    private static Verdict rbac(Decision decision, String rule, @Nullable Decision shadow) {
        return new Verdict(decision, Stage.RBAC, shadow, rule, null);
    }

    private static InboundPolicy enforcing(Protocol protocol, Rule... rules) {
        return new InboundPolicy(
                Policies.inbound(5050, protocol), MTLS, new RuleList(List.of(rules), Action.DENY), Optional.empty());
    }

    /** What a single rule for these callers says of a caller, the guard aside. */
    private static boolean contains(Principal principal, String... uriSans) {
        InboundPolicy policy = new InboundPolicy(
                Policies.inbound(5050, Protocol.TCP),
                new MutualTls(MTLS.trustDomains(), MTLS.sanPrefixes(), false),
                new RuleList(List.of(rule(Action.ALLOW, "one", principal, 1)), Action.DENY),
                Optional.empty());
        return judge(policy, call(uriSans)).decision() == Decision.ALLOW;
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndIsPointedAt() {
        ModelVerdict verdict = explain(POLICY, call(WEB));
        assertThat(verdict.verdict()).isEqualTo(rbac(Decision.ALLOW, "shop", Decision.ALLOW));
        assertThat(verdict.origin()).extracting(SourceSpan::text).isEqualTo("allow shop");
    }

    @Test
    void whereNoRuleMatchesTheDefaultDecidesAndNothingIsPointedAt() {
        ModelVerdict verdict = explain(POLICY, call("spiffe://a.example/ns/other"));
        assertThat(verdict.verdict()).isEqualTo(rbac(Decision.DENY, "default", Decision.ALLOW));
        assertThat(verdict.origin()).isNull();
    }

    @Test
    void theTraceHoldsTheRulesThatWereAskedAndWhy() {
        ModelVerdict verdict = explain(POLICY, call("spiffe://a.example/ns/shop-evil/sa/web"));
        assertThat(verdict.verdict()).isEqualTo(rbac(Decision.ALLOW, "shop", Decision.DENY));
        Step guard = new Step(false, "the certificate does not hold one well-formed SPIFFE ID", List.of());
        assertThat(verdict.trace())
                .isEqualTo(new Trace(
                        List.of(
                                new RuleTrace(Action.DENY, MutualTls.GUARD_NAME, null, false, List.of(guard)),
                                traced(LEGACY, false, "principal starts with \"spiffe://a.example/ns/legacy/\""),
                                traced(ALLOW_SHOP, true, "principal starts with \"spiffe://a.example/ns/shop\"")),
                        List.of(traced(EVIL, true, "principal starts with \"spiffe://a.example/ns/shop-evil/\""))));
    }

    private static RuleTrace traced(Rule rule, boolean matched, String text) {
        return new RuleTrace(
                rule.action(),
                rule.origin().name(),
                rule.origin().span(),
                matched,
                List.of(new Step(matched, text, List.of())));
    }

    @Test
    void theTraceShowsCompositePrincipalsAndConditions() {
        Rule rule = rule(
                Action.ALLOW,
                "api",
                new AllOf(List.of(
                        new AnyOf(List.of(new Exact(WEB), Policies.segments("*", "ns", "**"))), new Not(new Always()))),
                4,
                new Condition.Method(List.of("GET", "HEAD")));
        ModelVerdict verdict = explain(enforcing(Protocol.HTTP, rule), call(SHOP + "sa/kv"));
        assertThat(verdict.trace().enforced().get(1).steps())
                .containsExactly(
                        new Step(
                                false,
                                "all of",
                                List.of(
                                        new Step(
                                                true,
                                                "any of",
                                                List.of(
                                                        Step.plain(false, "principal is \"" + WEB + "\""),
                                                        Step.plain(true, "principal fits \"spiffe://*/ns/**\""))),
                                        new Step(false, "not", List.of(Step.plain(true, "every caller"))))),
                        Step.plain(true, "method is GET or HEAD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://a.example/ns/shop/",
                "spiffe://a.example/ns//shop",
                "spiffe://a.example/ns/./shop",
                "spiffe://a.example/ns/../shop",
                "spiffe://a.example/ns/%65",
                "spiffe://a.example/ns/shop?x=1",
                "spiffe://a.example/ns/sh*p",
                "spiffe://a.example/"
            })
    void theGuardDeniesWhatIsNoWellFormedSpiffeId(String uriSan) {
        assertThat(judge(POLICY, call(uriSan)))
                .isEqualTo(rbac(Decision.DENY, "writ.not-one-spiffe-id", Decision.ALLOW));
        ModelVerdict verdict = explain(POLICY, call(uriSan));
        assertThat(verdict.trace().enforced()).hasSize(1);
    }

    @Test
    void theGuardDeniesSeveralUriSansAndHasNoLimitOfLength() {
        assertThat(judge(POLICY, call(WEB, WEB)).rule()).isEqualTo("writ.not-one-spiffe-id");
        assertThat(judge(POLICY, call(SHOP + "a".repeat(3_000))).rule()).isEqualTo("shop");
        assertThat(judge(POLICY, call(SHOP + "..a/.b/A_-")).rule()).isEqualTo("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://c.example/x",
                "spiffe://A.example/x",
                "spiffe://a.example.evil/x",
                "spiffe://a.example",
                "https://a.example/x"
            })
    void tlsRefusesWhomNoTrustVouchesFor(String uriSan) {
        assertThat(judge(POLICY, call(uriSan)).stage()).isEqualTo(Stage.TLS);
        assertThat(explain(POLICY, call(uriSan)).trace()).isEqualTo(Trace.NONE);
        assertThat(judge(POLICY, call(uriSan, WEB)).stage()).isEqualTo(Stage.TLS);
        assertThat(judge(POLICY, call(WEB, uriSan)).stage()).isEqualTo(Stage.RBAC);
    }

    @Test
    void sanPrefixesAreContentWithAnyUriSan() {
        MutualTls narrow = new MutualTls(MTLS.trustDomains(), List.of("spiffe://a.example/"), false);
        InboundPolicy policy =
                new InboundPolicy(POLICY.inbound(), narrow, new RuleList(List.of(), Action.ALLOW), Optional.empty());
        assertThat(judge(policy, call("spiffe://b.example/x")).stage()).isEqualTo(Stage.TLS);
        assertThat(judge(policy, call("spiffe://b.example/x", WEB)).rule()).isEqualTo("default");
    }

    @Test
    void withoutACertificateOrTlsNobodyGetsIn() {
        for (Caller caller : List.of(new Caller.Anonymous(), new Caller.Plaintext())) {
            Verdict verdict = judge(POLICY, call(caller, 5050, null, null, null));
            assertThat(verdict.agreesWith(Verdict.refusedByTls("any"))).isTrue();
        }
    }

    @Test
    void principalsAreSetsOfTheJoinedUriSans() {
        assertThat(contains(new Always(), WEB)).isTrue();
        assertThat(contains(new Exact(WEB), WEB)).isTrue();
        assertThat(contains(new Exact(WEB), WEB + "2")).isFalse();
        assertThat(contains(new Exact(WEB), WEB, WEB)).isFalse();
        assertThat(contains(new Exact(WEB + "," + WEB), WEB, WEB)).isTrue();
        assertThat(contains(new Prefix(SHOP), WEB, "spiffe://a.example/bad")).isTrue();
        assertThat(contains(new Prefix(SHOP), "spiffe://a.example/bad", WEB)).isFalse();
        assertThat(contains(new Not(new Prefix(SHOP)), "spiffe://a.example/bad", WEB))
                .isTrue();
        assertThat(contains(new AnyOf(List.of()), WEB)).isFalse();
        assertThat(contains(new AllOf(List.of()), WEB)).isTrue();
        assertThat(contains(new AllOf(List.of(new Prefix(SHOP), new Not(new Exact(WEB)))), WEB))
                .isFalse();
        assertThat(contains(new AnyOf(List.of(new Exact("x"), new Exact(WEB))), WEB))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://a.example/ns/shop/sa/web, true",
        "spiffe://a.example/ns/shop-evil/sa/web, true",
        "spiffe://a.example/ns/shop/sa/web2, false",
        "spiffe://a.example/ns/shop/sa, false",
        "spiffe://a.example/ns/shop/sa/web/x, false",
        "spiffe://a.example/ns//sa/web, false",
        "spiffe://b.example/ns/shop/sa/web, false"
    })
    void aWildcardIsOneSegment(String caller, boolean expected) {
        assertThat(contains(Policies.segments("a.example", "ns", "*", "sa", "web"), caller))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://a.example/ns/shop, false",
        "spiffe://a.example/ns/shop/x, true",
        "spiffe://a.example/ns/shop/x/y, true",
        "spiffe://a.example/ns/shop/, false",
        "spiffe://a.example/ns/shop//x, false",
        "spiffe://a.example/ns/shop-evil/x, false"
    })
    void belowIsOneSegmentOrMore(String caller, boolean expected) {
        assertThat(contains(Policies.segments("a.example", "ns", "shop", "**"), caller))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/api, true",
        "/api?x=/../y, true",
        "/x/../api, true",
        "//api, true",
        "/%61pi, true",
        "/api/, false",
        "/apiary, false",
        "/API, false"
    })
    void aPathConditionSeesTheCanonicalUrlPath(String path, boolean expected) {
        Rule rule = rule(Action.ALLOW, "api", new Always(), 4, new Condition.Path("/api"));
        Call call = call(new Caller.Certificate(List.of(WEB)), 5050, null, null, path);
        assertThat(judge(enforcing(Protocol.HTTP, rule), call).decision() == Decision.ALLOW)
                .isEqualTo(expected);
    }

    @Test
    void conditionsMustAllHold() {
        Rule rule = rule(
                Action.ALLOW,
                "api",
                new Always(),
                4,
                new Condition.Port(5050),
                new Condition.Sni("KV.example"),
                new Condition.Method(List.of("GET")),
                new Condition.PathPrefix("/api/"));
        InboundPolicy policy = enforcing(Protocol.HTTP, rule);
        Caller web = new Caller.Certificate(List.of(WEB));
        assertThat(judge(policy, call(web, 5050, "kv.EXAMPLE", null, "/api/x")).rule())
                .isEqualTo("api");
        assertThat(judge(policy, call(web, 5050, null, null, "/api/x")).rule()).isEqualTo("default");
        assertThat(judge(policy, call(web, 5050, "kv.example", "POST", "/api/x"))
                        .rule())
                .isEqualTo("default");
        assertThat(judge(policy, call(web, 5050, "kv.example", "GET", "/api")).rule())
                .isEqualTo("default");
        Rule elsewhere = rule(Action.ALLOW, "api", new Always(), 4, new Condition.Port(6060));
        assertThat(judge(enforcing(Protocol.HTTP, elsewhere), call(WEB)).rule()).isEqualTo("default");
    }

    @Test
    void aPathWithAnEscapedSlashReachesNoRule() {
        Call call = call(new Caller.Certificate(List.of(WEB)), 5050, null, null, "/api%2Fx");
        Verdict verdict = judge(POLICY, call);
        assertThat(verdict.decision()).isEqualTo(Decision.DENY);
        assertThat(verdict.stage()).isEqualTo(Stage.NONE);
        assertThat(judge(enforcing(Protocol.TCP, ALLOW_SHOP), call).rule()).isEqualTo("shop");
    }

    @Test
    void whatIsNoRequestIsUnknownToAnHttpInboundAndNothingToATcpOne() {
        Set<Call> faulty = Set.of(
                call(new Caller.Certificate(List.of(WEB)), 5050, null, null, "api"),
                call(new Caller.Certificate(List.of(WEB)), 5050, null, null, "/a#b"),
                call(new Caller.Certificate(List.of(WEB)), 5050, null, null, "/a b"),
                call(new Caller.Certificate(List.of(WEB)), 5050, null, null, "/a/..;x/b"),
                call(new Caller.Certificate(List.of(WEB)), 5050, null, "CONNECT", null),
                call(new Caller.Certificate(List.of(WEB)), 5050, null, "GET ", null));
        for (Call call : faulty) {
            assertThat(judge(POLICY, call).decision()).isEqualTo(Decision.UNKNOWN);
            assertThat(judge(enforcing(Protocol.TCP, ALLOW_SHOP), call).decision())
                    .isEqualTo(Decision.ALLOW);
        }
    }

    @Test
    void whatTheModelLeavesOpenIsUnknownWithItsReason() {
        Admission open = Policies.undecidable(DiagnosticId.IDENTITY_NONE_SELECTED, "no MeshIdentity selects it");
        InboundPolicy undecidable = new InboundPolicy(POLICY.inbound(), open, POLICY.enforced(), Optional.empty());
        assertThat(judge(undecidable, call(WEB))).isEqualTo(Verdict.unknown("no MeshIdentity selects it"));
        assertThat(judge(POLICY, call(new Caller.Anonymous(), 6060, null, null, null)))
                .isEqualTo(Verdict.unknown("`kuma-demo/kv` has no inbound on port 6060"));
        Rule http = rule(Action.ALLOW, "api", new Always(), 4, new Condition.Method(List.of("GET")));
        assertThat(judge(enforcing(Protocol.TCP, http), call(WEB)))
                .isEqualTo(Verdict.unknown("a rule is about HTTP, but port 5050 speaks tcp"));
        assertThat(new ModelJudge(new MeshPolicy(List.of())).judge(call(WEB)))
                .isEqualTo(Verdict.unknown("there is no workload `kuma-demo/kv`"));
    }
}
