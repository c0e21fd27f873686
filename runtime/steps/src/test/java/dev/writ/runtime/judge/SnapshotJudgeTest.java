package dev.writ.runtime.judge;

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
import static dev.writ.compiler.envoy.config.EnvoyYaml.network;
import static dev.writ.compiler.envoy.config.EnvoyYaml.networkRbac;
import static dev.writ.compiler.envoy.config.EnvoyYaml.not;
import static dev.writ.compiler.envoy.config.EnvoyYaml.otherwise;
import static dev.writ.compiler.envoy.config.EnvoyYaml.prefixMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.router;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcp;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcpProxy;
import static dev.writ.compiler.envoy.config.EnvoyYaml.uriSan;
import static dev.writ.runtime.judge.SnapshotVerdicts.DEFAULT;
import static dev.writ.runtime.judge.SnapshotVerdicts.KV;
import static dev.writ.runtime.judge.SnapshotVerdicts.WEB;
import static dev.writ.runtime.judge.SnapshotVerdicts.allow;
import static dev.writ.runtime.judge.SnapshotVerdicts.allowed;
import static dev.writ.runtime.judge.SnapshotVerdicts.assertUnknown;
import static dev.writ.runtime.judge.SnapshotVerdicts.denied;
import static dev.writ.runtime.judge.SnapshotVerdicts.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.EnvoyFiles;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.runtime.judge.Verdict.Decision;
import dev.writ.runtime.judge.Verdict.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Filters, shadow rules, classic rules and what cannot be told; what these configs do was tried on Envoy 1.40.0. */
class SnapshotJudgeTest {
    private static String classic(String action, String principal) {
        return "{action: " + action + ", policies: {legacy: {permissions: [{any: true}], principals: [" + principal
                + "]}}}";
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
