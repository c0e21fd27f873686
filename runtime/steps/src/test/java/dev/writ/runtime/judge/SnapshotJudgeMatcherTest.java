package dev.writ.runtime.judge;

import static dev.writ.compiler.envoy.config.EnvoyYaml.act;
import static dev.writ.compiler.envoy.config.EnvoyYaml.all;
import static dev.writ.compiler.envoy.config.EnvoyYaml.any;
import static dev.writ.compiler.envoy.config.EnvoyYaml.exactMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.files;
import static dev.writ.compiler.envoy.config.EnvoyYaml.http;
import static dev.writ.compiler.envoy.config.EnvoyYaml.list;
import static dev.writ.compiler.envoy.config.EnvoyYaml.matches;
import static dev.writ.compiler.envoy.config.EnvoyYaml.nest;
import static dev.writ.compiler.envoy.config.EnvoyYaml.network;
import static dev.writ.compiler.envoy.config.EnvoyYaml.not;
import static dev.writ.compiler.envoy.config.EnvoyYaml.otherwise;
import static dev.writ.compiler.envoy.config.EnvoyYaml.prefixMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcp;
import static dev.writ.compiler.envoy.config.EnvoyYaml.uriSan;
import static dev.writ.runtime.judge.SnapshotVerdicts.DEFAULT;
import static dev.writ.runtime.judge.SnapshotVerdicts.WEB;
import static dev.writ.runtime.judge.SnapshotVerdicts.allow;
import static dev.writ.runtime.judge.SnapshotVerdicts.allowed;
import static dev.writ.runtime.judge.SnapshotVerdicts.denied;
import static dev.writ.runtime.judge.SnapshotVerdicts.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.config.EnvoyFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps, lists, predicates and texts of the matcher API; what these configs do was tried on Envoy 1.40.0. */
class SnapshotJudgeMatcherTest {
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
}
