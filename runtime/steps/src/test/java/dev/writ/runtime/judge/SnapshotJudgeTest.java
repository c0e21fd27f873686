package dev.writ.runtime.judge;

import static dev.writ.compiler.envoy.config.EnvoyYaml.OWN_CERTIFICATE;
import static dev.writ.compiler.envoy.config.EnvoyYaml.act;
import static dev.writ.compiler.envoy.config.EnvoyYaml.all;
import static dev.writ.compiler.envoy.config.EnvoyYaml.any;
import static dev.writ.compiler.envoy.config.EnvoyYaml.exactMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.extension;
import static dev.writ.compiler.envoy.config.EnvoyYaml.files;
import static dev.writ.compiler.envoy.config.EnvoyYaml.header;
import static dev.writ.compiler.envoy.config.EnvoyYaml.http;
import static dev.writ.compiler.envoy.config.EnvoyYaml.httpRbac;
import static dev.writ.compiler.envoy.config.EnvoyYaml.list;
import static dev.writ.compiler.envoy.config.EnvoyYaml.matches;
import static dev.writ.compiler.envoy.config.EnvoyYaml.mtls;
import static dev.writ.compiler.envoy.config.EnvoyYaml.nest;
import static dev.writ.compiler.envoy.config.EnvoyYaml.network;
import static dev.writ.compiler.envoy.config.EnvoyYaml.networkRbac;
import static dev.writ.compiler.envoy.config.EnvoyYaml.not;
import static dev.writ.compiler.envoy.config.EnvoyYaml.otherwise;
import static dev.writ.compiler.envoy.config.EnvoyYaml.prefixMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.router;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcp;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcpProxy;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tls;
import static dev.writ.compiler.envoy.config.EnvoyYaml.uriPrefix;
import static dev.writ.compiler.envoy.config.EnvoyYaml.uriSan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.EnvoyFiles;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What these configs do was tried on Envoy 1.40.0. */
class SnapshotJudgeTest {
    private static final WorkloadKey KV = new WorkloadKey("default", "default", "Deployment", "shop", "kv");
    private static final String WEB = "spiffe://a.example/ns/shop/sa/web";
    private static final String INSPECTOR = ", listener_filters: ["
            + extension("envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", "") + "]";
    private static final String DEFAULT = act("default", "DENY");

    private static Verdict judge(EnvoyFiles files, Caller caller, @Nullable String sni, @Nullable String path) {
        return new SnapshotJudge(Map.of(KV, EnvoyConfigReader.read(files).orElseThrow()))
                .judge(new Call(caller, KV, 5050, sni, null, path));
    }

    private static Verdict judge(EnvoyFiles files, String... uriSans) {
        return judge(files, new Caller.Certificate(List.of(uriSans)), null, null);
    }

    private static Verdict rbac(Decision decision, @Nullable String rule) {
        return new Verdict(decision, Stage.RBAC, null, rule, null);
    }

    private static Verdict allowed(String rule) {
        return rbac(Decision.ALLOW, rule);
    }

    private static Verdict denied(@Nullable String rule) {
        return rbac(Decision.DENY, rule);
    }

    private static void assertRefusedByTls(Verdict verdict) {
        assertThat(verdict.agreesWith(Verdict.refusedByTls("any"))).isTrue();
    }

    private static void assertUnknown(Verdict verdict, String reason) {
        assertThat(verdict).isEqualTo(Verdict.unknown(reason));
    }

    private static String allow(String name) {
        return act(name, "ALLOW");
    }

    @Test
    void anExactMapComparesEveryByte() {
        EnvoyFiles files = tcp(otherwise(exactMap(uriSan(), WEB, allow("web")), DEFAULT));
        assertThat(judge(files, WEB)).isEqualTo(allowed("web"));
        assertThat(judge(files, WEB + "/")).isEqualTo(denied("default"));
        assertThat(judge(files, WEB.replace("web", "Web"))).isEqualTo(denied("default"));
        assertThat(judge(files, WEB.replace("web", "w%65b"))).isEqualTo(denied("default"));
    }

    @Test
    void theLongestPrefixWinsWhateverTheOrder() {
        EnvoyFiles files = http(prefixMap(
                uriSan(),
                "spiffe://a.example/",
                allow("domain"),
                "spiffe://a.example/ns/shop/",
                act("shop", "DENY"),
                "spiffe://a.example/ns/shop/sa/w",
                allow("w")));
        assertThat(judge(files, WEB)).isEqualTo(allowed("w"));
        assertThat(judge(files, "spiffe://a.example/ns/shop/sa/kv")).isEqualTo(denied("shop"));
        assertThat(judge(files, "spiffe://a.example/ns/shop-evil/sa/web")).isEqualTo(allowed("domain"));
        assertThat(judge(files, "spiffe://b.example/ns/shop/sa/web")).isEqualTo(denied(null));
    }

    @Test
    void anEmptyPrefixIsAnyCertificate() {
        EnvoyFiles files = tcp(prefixMap(uriSan(), "", allow("any")));
        assertThat(judge(files, WEB)).isEqualTo(allowed("any"));
    }

    @Test
    void whereNothingMatchesEnvoyDeniesWithoutAName() {
        assertThat(judge(tcp("{}"), WEB)).isEqualTo(denied(null));
        assertThat(judge(tcp("{on_no_match: " + allow("all") + "}"), WEB)).isEqualTo(allowed("all"));
    }

    @Test
    void aNestedMatcherThatMatchesNothingCountsAsNoMatch() {
        String inner = nest(exactMap(network("DestinationPortInput"), "6060", allow("inner")));
        assertThat(judge(tcp(otherwise(exactMap(uriSan(), WEB, inner), DEFAULT)), WEB))
                .isEqualTo(denied("default"));
        assertThat(judge(
                        tcp(prefixMap(
                                uriSan(), "spiffe://a.example/", allow("short"), "spiffe://a.example/ns/", inner)),
                        WEB))
                .isEqualTo(allowed("short"));
        String isWeb = matches(uriSan(), "exact: \"" + WEB + "\"");
        assertThat(judge(tcp(list(isWeb, inner, isWeb, allow("second"))), WEB)).isEqualTo(allowed("second"));
        assertThat(judge(tcp(otherwise(exactMap(uriSan(), "x", allow("x")), inner)), WEB))
                .isEqualTo(denied(null));
    }

    @Test
    void aNestedMatchersOwnOnNoMatchEndsTheSearch() {
        String inner = nest(otherwise(
                exactMap(network("DestinationPortInput"), "6060", allow("inner")), act("nested-default", "DENY")));
        assertThat(judge(
                        tcp(prefixMap(
                                uriSan(), "spiffe://a.example/", allow("short"), "spiffe://a.example/ns/", inner)),
                        WEB))
                .isEqualTo(denied("nested-default"));
    }

    @Test
    void theFirstEntryOfAListHidesLaterOnes() {
        EnvoyFiles files = tcp(list(
                matches(uriSan(), "prefix: \"spiffe://a.example/\""),
                allow("domain"),
                matches(uriSan(), "exact: \"" + WEB + "\""),
                act("web", "DENY")));
        assertThat(judge(files, WEB)).isEqualTo(allowed("domain"));
    }

    @ParameterizedTest
    @CsvSource({
        "'exact: \"spiffe://a.example/ns/shop/sa/web\"', true",
        "'exact: \"spiffe://a.example/ns/shop/sa/we\"', false",
        "'exact: \"SPIFFE://a.example/ns/shop/sa/WEB\"', false",
        "'exact: \"SPIFFE://a.example/ns/shop/sa/WEB\", ignore_case: true', true",
        "'prefix: \"spiffe://a.example/ns/sh\"', true",
        "'prefix: \"a.example\"', false",
        "'prefix: \"Spiffe\", ignore_case: true', true",
        "'suffix: \"/sa/web\"', true",
        "'suffix: \"/sa/we\"', false",
        "'contains: \"/shop/\"', true",
        "'contains: \"/SHOP/\"', false",
        "'contains: \"/SHOP/\", ignore_case: true', true",
        "'safe_regex: {google_re2: {}, regex: \"spiffe://[^/]+/ns/[^/]+/sa/web\"}', true",
        "'safe_regex: {google_re2: {}, regex: \"spiffe://[^/]+/ns\"}', false",
        "'safe_regex: {google_re2: {}, regex: \"a.example\"}', false"
    })
    void aStringMatcherMatchesAsEnvoys(String matcher, boolean holds) {
        EnvoyFiles files = tcp(otherwise(list(matches(uriSan(), matcher), allow("yes")), act("no", "DENY")));
        assertThat(judge(files, WEB)).isEqualTo(holds ? allowed("yes") : denied("no"));
    }

    @Test
    void predicatesAreCombined() {
        String yes = matches(uriSan(), "prefix: spiffe");
        String no = matches(uriSan(), "exact: nobody");
        assertThat(judge(tcp(list(all(yes, yes), allow("all"))), WEB)).isEqualTo(allowed("all"));
        assertThat(judge(tcp(list(all(yes, no), allow("all"))), WEB)).isEqualTo(denied(null));
        assertThat(judge(tcp(list(any(no, yes), allow("any"))), WEB)).isEqualTo(allowed("any"));
        assertThat(judge(tcp(list(any(no, no), allow("any"))), WEB)).isEqualTo(denied(null));
        assertThat(judge(tcp(list(not(no), allow("not"))), WEB)).isEqualTo(allowed("not"));
        assertThat(judge(tcp(list(not(yes), allow("not"))), WEB)).isEqualTo(denied(null));
    }

    @Test
    void severalUriSansAreOneTextWithCommas() {
        String bad = "spiffe://a.example/ns/shop/sa/bad";
        EnvoyFiles exactDeny = tcp(otherwise(exactMap(uriSan(), bad, act("bad", "DENY")), allow("default")));
        assertThat(judge(exactDeny, bad)).isEqualTo(denied("bad"));
        assertThat(judge(exactDeny, WEB, bad)).isEqualTo(allowed("default"));
        assertThat(judge(tcp(prefixMap(uriSan(), WEB, allow("prefix"))), WEB, bad))
                .isEqualTo(allowed("prefix"));
        assertThat(judge(tcp(exactMap(uriSan(), WEB + "," + bad, allow("both"))), WEB, bad))
                .isEqualTo(allowed("both"));
        assertThat(judge(tcp(exactMap(uriSan(), bad + "," + WEB, allow("both"))), WEB, bad))
                .isEqualTo(denied(null));
    }

    @Test
    void aLogActionAllows() {
        assertThat(judge(tcp(exactMap(uriSan(), WEB, act("seen", "LOG"))), WEB)).isEqualTo(allowed("seen"));
    }

    @Test
    void anOmittedActionAllows() {
        String omitted = "{action: " + extension("envoy.config.rbac.v3.Action", "name: bare") + "}";
        assertThat(judge(tcp("{on_no_match: " + omitted + "}"), WEB)).isEqualTo(allowed("bare"));
    }

    @Test
    void plaintextToATlsListenerIsRefused() {
        assertRefusedByTls(judge(tcp("{on_no_match: " + allow("all") + "}"), new Caller.Plaintext(), null, null));
    }

    @Test
    void theSpiffeValidatorRequiresACertificateWhetherOrNotTheContextDoes() {
        String all = "matcher: {on_no_match: " + allow("all") + "}";
        String optional = mtls().replace("require_client_certificate: true", "require_client_certificate: false");
        assertRefusedByTls(judge(files(mtls(), networkRbac(all), tcpProxy()), new Caller.Anonymous(), null, null));
        assertRefusedByTls(judge(files(optional, networkRbac(all), tcpProxy()), new Caller.Anonymous(), null, null));
    }

    @Test
    void withoutValidationEverybodyComesInAnonymously() {
        String unvalidated = tls("require_client_certificate: true, common_tls_context: {" + OWN_CERTIFICATE + "}");
        String identified =
                networkRbac("matcher: " + otherwise(prefixMap(uriSan(), "", allow("identified")), allow("anonymous")));
        EnvoyFiles files = files(unvalidated, identified, tcpProxy());
        assertThat(judge(files, new Caller.Anonymous(), null, null)).isEqualTo(allowed("anonymous"));
        assertThat(judge(files, WEB)).isEqualTo(allowed("anonymous"));
    }

    @Test
    void onPlaintextAnIdentityIsUndecidableAndEnvoyDenies() {
        String isWeb = matches(uriSan(), "exact: \"" + WEB + "\"");
        String port = matches(network("DestinationPortInput"), "exact: \"5050\"");
        Caller plaintext = new Caller.Plaintext();
        for (String matcher : List.of(
                otherwise(exactMap(uriSan(), WEB, allow("web")), allow("default")),
                otherwise(list(isWeb, allow("web")), allow("default")),
                otherwise(list(not(isWeb), allow("not")), allow("default")),
                otherwise(list(all(port, isWeb), allow("all")), allow("default")),
                otherwise(list(any(isWeb, not(port)), allow("any")), allow("default")))) {
            EnvoyFiles files = files("", networkRbac("matcher: " + matcher), tcpProxy());
            assertThat(judge(files, plaintext, null, null)).as(matcher).isEqualTo(denied(null));
        }
        String otherWayOut = otherwise(list(any(isWeb, port), allow("any")), act("default", "DENY"));
        assertThat(judge(files("", networkRbac("matcher: " + otherWayOut), tcpProxy()), plaintext, null, null))
                .isEqualTo(allowed("any"));
    }

    @Test
    void onTlsWithoutACertificateAnIdentityIsNoMatchAndEvaluationGoesOn() {
        String unvalidated = tls("common_tls_context: {" + OWN_CERTIFICATE + "}");
        String isWeb = matches(uriSan(), "exact: \"" + WEB + "\"");
        EnvoyFiles files = files(
                unvalidated,
                networkRbac("matcher: " + otherwise(list(not(isWeb), allow("not")), act("default", "DENY"))),
                tcpProxy());
        assertThat(judge(files, new Caller.Anonymous(), null, null)).isEqualTo(allowed("not"));
    }

    @Test
    void trustIsAboutTheFirstUriSan() {
        EnvoyFiles files = tcp("{on_no_match: " + allow("all") + "}");
        assertThat(judge(files, "spiffe://b.example/x")).isEqualTo(allowed("all"));
        assertThat(judge(files, WEB, "spiffe://foreign.example/x")).isEqualTo(allowed("all"));
        assertRefusedByTls(judge(files, "spiffe://foreign.example/x", WEB));
        assertRefusedByTls(judge(files, "spiffe://A.example/x"));
        assertRefusedByTls(judge(files, "spiffe://a.example:443/x"));
        assertRefusedByTls(judge(files, "SPIFFE://a.example/x"));
        assertRefusedByTls(judge(files, "https://a.example/x"));
        assertRefusedByTls(judge(files, "https://x/", WEB));
        assertRefusedByTls(judge(files, "spiffe:///a.example/x"));
        // The validator wants a slash behind the trust domain; what follows it may be anything.
        assertRefusedByTls(judge(files, "spiffe://a.example"));
        assertThat(judge(files, "spiffe://a.example/")).isEqualTo(allowed("all"));
        assertThat(judge(files, "spiffe://a.example/%65/../x?y")).isEqualTo(allowed("all"));
    }

    @Test
    void sanMatchersAreContentWithAnySan() {
        EnvoyFiles files = files(
                mtls(uriPrefix("spiffe://a.example/ns/"), "{san_type: DNS, matcher: {prefix: spiffe}}"),
                networkRbac("matcher: {on_no_match: " + allow("all") + "}"),
                tcpProxy());
        assertThat(judge(files, WEB)).isEqualTo(allowed("all"));
        assertThat(judge(files, "spiffe://b.example/x", WEB)).isEqualTo(allowed("all"));
        assertRefusedByTls(judge(files, "spiffe://b.example/ns/x"));
        assertRefusedByTls(judge(files, "spiffe://a.example/other", "spiffe://b.example/y"));
    }

    @Test
    void aServerNameNeedsATlsInspectorAndIsInLowerCase() {
        String matcher =
                "matcher: " + otherwise(exactMap(network("ServerNameInput"), "web.example", allow("sni")), DEFAULT);
        String inspector = ", listener_filters: ["
                + extension("envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", "") + "]";
        Caller web = new Caller.Certificate(List.of(WEB));
        EnvoyFiles inspected = files(List.of("a.example"), inspector, mtls(), networkRbac(matcher), tcpProxy());
        assertThat(judge(inspected, web, "Web.example", null)).isEqualTo(allowed("sni"));
        assertThat(judge(inspected, web, null, null)).isEqualTo(denied("default"));
        EnvoyFiles blind = files(mtls(), networkRbac(matcher), tcpProxy());
        assertThat(judge(blind, web, "web.example", null)).isEqualTo(denied("default"));
    }

    @Test
    void theCallersCertificateHoldsNothingButUriSans() {
        String ssl = "envoy.extensions.matching.common_inputs.ssl.v3.";
        for (String input : List.of("DnsSanInput", "SubjectInput")) {
            EnvoyFiles files = tcp(otherwise(prefixMap(extension(ssl + input, ""), "", allow("some")), DEFAULT));
            assertThat(judge(files, WEB)).isEqualTo(denied("default"));
        }
    }

    @Test
    void shadowRulesAreReportedAndNeverEnforced() {
        String enforced = "matcher: " + otherwise(exactMap(uriSan(), WEB, allow("web")), DEFAULT);
        String shadow = ", shadow_matcher: "
                + otherwise(prefixMap(uriSan(), "spiffe://a.example/ns/shop/", act("shop", "DENY")), allow("default"));
        EnvoyFiles files = files(mtls(), http("", httpRbac(enforced + shadow), router()));
        assertThat(judge(files, WEB)).isEqualTo(new Verdict(Decision.ALLOW, Stage.RBAC, Decision.DENY, "web", null));
        assertThat(judge(files, "spiffe://a.example/ns/other"))
                .isEqualTo(new Verdict(Decision.DENY, Stage.RBAC, Decision.ALLOW, "default", null));
    }

    @Test
    void withoutEnforcedRulesEverybodyPasses() {
        assertThat(judge(files(mtls(), http("", httpRbac(""), router())), WEB))
                .isEqualTo(new Verdict(Decision.ALLOW, Stage.NONE, null, null, null));
        String shadowAlone = "shadow_matcher: {on_no_match: " + act("no", "DENY") + "}";
        assertThat(judge(files(mtls(), networkRbac(shadowAlone), tcpProxy()), WEB))
                .isEqualTo(new Verdict(Decision.ALLOW, Stage.NONE, Decision.DENY, null, null));
        assertThat(judge(files(mtls(), tcpProxy()), WEB))
                .isEqualTo(new Verdict(Decision.ALLOW, Stage.NONE, null, null, null));
    }

    @Test
    void severalRbacFiltersMustAllAllow() {
        String network = networkRbac("matcher: " + prefixMap(uriSan(), "spiffe://a.example/", allow("outer")));
        String inner = http("", httpRbac("matcher: " + exactMap(uriSan(), WEB, allow("inner"))), router());
        EnvoyFiles files = files(mtls(), network, inner);
        assertThat(judge(files, WEB)).isEqualTo(allowed("inner"));
        assertThat(judge(files, "spiffe://a.example/other")).isEqualTo(denied(null));
        assertThat(judge(files, "spiffe://b.example/other")).isEqualTo(denied(null));
    }

    @Test
    void methodAndPathAreHeaders() {
        EnvoyFiles files = http(otherwise(
                list(
                        all(matches(header(":method"), "exact: GET"), matches(header(":path"), "prefix: /api")),
                        allow("api")),
                DEFAULT));
        Caller web = new Caller.Certificate(List.of(WEB));
        assertThat(judge(files, web, null, "/api?x=1")).isEqualTo(allowed("api"));
        assertThat(judge(files, web, null, "/")).isEqualTo(denied("default"));
        assertThat(judge(files, web, null, null)).isEqualTo(denied("default"));
    }

    @Test
    void whatTheCallDoesNotTellIsUnknown() {
        EnvoyFiles files = http(otherwise(exactMap(header("x-user"), "me", allow("me")), DEFAULT));
        assertUnknown(judge(files, WEB), "the request does not say what the header `x-user` holds");
    }

    @Test
    void anUnknownNeverTurnsIntoAnAnswer() {
        String cel = "{single_predicate: {input: " + uriSan() + ", custom_match: "
                + extension("xds.type.matcher.v3.CelMatcher", "") + "}}";
        String yes = matches(uriSan(), "prefix: spiffe");
        String no = matches(uriSan(), "exact: nobody");
        String reason = "the matcher `some.name` (xds.type.matcher.v3.CelMatcher) is not modelled";
        for (String predicate : List.of(cel, not(cel), all(yes, cel), any(no, cel), all(cel, no), not(any(no, cel)))) {
            Verdict verdict = judge(tcp(otherwise(list(predicate, allow("cel")), allow("default"))), WEB);
            assertThat(verdict).as(predicate).isEqualTo(Verdict.unknown(reason));
        }
        // What decides before it, or whatever it says, is decided.
        assertThat(judge(tcp(list(all(no, cel), allow("a"), yes, allow("b"))), WEB))
                .isEqualTo(allowed("b"));
        assertThat(judge(tcp(list(any(cel, yes), allow("a"))), WEB)).isEqualTo(allowed("a"));
        assertThat(judge(tcp(list(yes, allow("first"), cel, allow("second"))), WEB))
                .isEqualTo(allowed("first"));
    }

    @Test
    void whatIsNotModelledBeforeTheDecisionMakesItUnknown() {
        String lua = extension("envoy.extensions.filters.http.lua.v3.Lua", "inline_code: x");
        String deny = httpRbac("matcher: {on_no_match: " + act("no", "DENY") + "}");
        assertThat(judge(files(mtls(), http("", lua, deny, router())), WEB).decision())
                .isEqualTo(Decision.UNKNOWN);
        assertThat(judge(files(mtls(), http("", deny, lua, router())), WEB)).isEqualTo(denied("no"));
        String byAddress =
                "{policies: {p: {permissions: [{any: true}], principals: [{direct_remote_ip: {address_prefix: 10.0.0.0}}]}}}";
        String reason = "the request does not say its source address";
        assertUnknown(judge(files(mtls(), networkRbac("rules: " + byAddress), tcpProxy()), WEB), reason);
        String shadowRules = networkRbac("matcher: {on_no_match: " + allow("all") + "}, shadow_rules: " + byAddress);
        assertUnknown(judge(files(mtls(), shadowRules, tcpProxy()), WEB), reason);
    }

    @Test
    void aHandshakeThatNothingTakesIsNoHttpRequest() {
        EnvoyFiles plainHttp = files("", http("", router()));
        Verdict noHttp = new Verdict(
                Decision.DENY,
                Stage.NONE,
                null,
                null,
                "the inbound takes plain HTTP, and the caller begins with a TLS handshake");
        assertThat(judge(plainHttp, WEB)).isEqualTo(noHttp);
        assertThat(judge(plainHttp, new Caller.Anonymous(), null, null)).isEqualTo(noHttp);
        Verdict passed = new Verdict(Decision.ALLOW, Stage.NONE, null, null, null);
        assertThat(judge(plainHttp, new Caller.Plaintext(), null, null)).isEqualTo(passed);
        // A TCP proxy takes every byte, and the application gets the handshake.
        assertThat(judge(files("", tcpProxy()), WEB)).isEqualTo(passed);
    }

    @Test
    void aChainThatNamesTheTransportAndTheProtocolIsPreferred() {
        String rbac = networkRbac("matcher: " + otherwise(exactMap(uriSan(), WEB, allow("web")), DEFAULT));
        String chains = "filter_chain_match: {transport_protocol: tls, application_protocols: [kuma]}, " + mtls()
                + "filters: [" + rbac + ", " + tcpProxy()
                + "]}, {filter_chain_match: {transport_protocol: tls}, filters: ["
                + tcpProxy() + "]}, {";
        EnvoyFiles permissive = files(List.of("a.example"), INSPECTOR, chains, tcpProxy());
        assertThat(judge(permissive, WEB)).isEqualTo(allowed("web"));
        assertThat(judge(permissive, "spiffe://a.example/other")).isEqualTo(denied("default"));
        Verdict passed = new Verdict(Decision.ALLOW, Stage.NONE, null, null, null);
        assertThat(judge(permissive, new Caller.Anonymous(), null, null)).isEqualTo(passed);
        assertThat(judge(permissive, new Caller.Plaintext(), null, null)).isEqualTo(passed);
        String onlyKuma = "filter_chain_match: {transport_protocol: tls, application_protocols: [kuma]}, ";
        assertThat(judge(
                        files(List.of("a.example"), INSPECTOR, onlyKuma + mtls(), tcpProxy()),
                        new Caller.Plaintext(),
                        null,
                        null))
                .isEqualTo(new Verdict(Decision.DENY, Stage.NONE, null, null, "no filter chain takes raw_buffer"));
    }

    @Test
    void classicRulesCompareEachSanAlone() {
        String rules = classic("ALLOW", "{not_id: {authenticated: {principal_name: {exact: \"kuma://app/web\"}}}}");
        EnvoyFiles files = files(mtls(), networkRbac("rules: " + rules), tcpProxy());
        assertThat(judge(files, WEB)).isEqualTo(allowed("legacy"));
        assertThat(judge(files, WEB, "kuma://app/web")).isEqualTo(denied("default"));
        assertThat(judge(files, WEB, "kuma://app/web2")).isEqualTo(allowed("legacy"));
    }

    @Test
    void ofClassicRulesTheFirstPolicyByNameDecides() {
        String any = "permissions: [{any: true}], principals: [{any: true}]";
        String rules = "rules: {policies: {b: {" + any + "}, a: {" + any + "}}}";
        assertThat(judge(files(mtls(), networkRbac(rules), tcpProxy()), WEB)).isEqualTo(allowed("a"));
        String nobody = networkRbac("rules: {}");
        assertThat(judge(files(mtls(), nobody, tcpProxy()), WEB)).isEqualTo(denied("default"));
    }

    @Test
    void classicShadowRulesDenyOnlyWhatTheyMatch() {
        String shadow = classic("DENY", "{authenticated: {principal_name: {prefix: \"" + WEB + "\"}}}");
        String rbac = networkRbac("rules: " + classic("ALLOW", "{any: true}") + ", shadow_rules: " + shadow);
        EnvoyFiles files = files(mtls(), rbac, tcpProxy());
        assertThat(judge(files, WEB).shadow()).isEqualTo(Decision.DENY);
        assertThat(judge(files, "spiffe://a.example/other").shadow()).isEqualTo(Decision.ALLOW);
    }

    @Test
    void anUnknownPrincipalNeverTurnsIntoAnAnswer() {
        String unknown = "{remote_ip: {address_prefix: 10.0.0.0}}";
        String yes = "{any: true}";
        for (String principal : List.of(
                unknown,
                "{not_id: " + unknown + "}",
                "{and_ids: {ids: [" + yes + ", " + unknown + "]}}",
                "{or_ids: {ids: [{not_id: " + yes + "}, " + unknown + "]}}")) {
            EnvoyFiles files = files(mtls(), networkRbac("rules: " + classic("ALLOW", principal)), tcpProxy());
            assertUnknown(judge(files, WEB), "the request does not say its source address");
        }
        String certain = "{or_ids: {ids: [" + unknown + ", " + yes + "]}}";
        EnvoyFiles files = files(mtls(), networkRbac("rules: " + classic("ALLOW", certain)), tcpProxy());
        assertThat(judge(files, WEB)).isEqualTo(allowed("legacy"));
    }

    private static String classic(String action, String principal) {
        return "{action: " + action + ", policies: {legacy: {permissions: [{any: true}], principals: [" + principal
                + "]}}}";
    }

    @Test
    void aCallToNowhereIsUnknown() {
        EnvoyFiles files = tcp("{on_no_match: " + allow("all") + "}");
        SnapshotJudge judge =
                new SnapshotJudge(Map.of(KV, EnvoyConfigReader.read(files).orElseThrow()));
        Caller web = new Caller.Certificate(List.of(WEB));
        assertUnknown(
                judge.judge(new Call(web, KV, 6060, null, null, null)), "no listener of `shop/kv` is on port 6060");
        WorkloadKey other = new WorkloadKey("default", "default", "Deployment", "shop", "other");
        assertUnknown(judge.judge(new Call(web, other, 5050, null, null, null)), "there is no config for `shop/other`");
    }
}
