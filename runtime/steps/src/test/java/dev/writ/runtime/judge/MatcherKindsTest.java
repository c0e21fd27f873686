package dev.writ.runtime.judge;

import static dev.writ.compiler.envoy.config.EnvoyYaml.act;
import static dev.writ.compiler.envoy.config.EnvoyYaml.exactMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.extension;
import static dev.writ.compiler.envoy.config.EnvoyYaml.header;
import static dev.writ.compiler.envoy.config.EnvoyYaml.list;
import static dev.writ.compiler.envoy.config.EnvoyYaml.matches;
import static dev.writ.compiler.envoy.config.EnvoyYaml.nest;
import static dev.writ.compiler.envoy.config.EnvoyYaml.network;
import static dev.writ.compiler.envoy.config.EnvoyYaml.otherwise;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of input and tree of the matcher API, asked of {@link LoneRbac#request} or one like it. */
class MatcherKindsTest {
    private static final String SSL = "envoy.extensions.matching.common_inputs.ssl.v3.";
    private static final String NOTHING = nest(exactMap(network("DestinationPortInput"), "1", act("never", "ALLOW")));

    /** The name of the action; null where none is reached. */
    private static String rule(String matcher, Request.Builder request) {
        return String.valueOf(LoneRbac.decide(matcher, request.build()).rule());
    }

    private static String ranges(String... blocksAndActions) {
        StringBuilder ranges = new StringBuilder();
        for (int i = 0; i < blocksAndActions.length; i += 2) {
            String[] block = blocksAndActions[i].split(" ", -1);
            ranges.append("{ranges: [{address_prefix: '")
                    .append(block[0])
                    .append("', prefix_len: ")
                    .append(block[1])
                    .append("}], exclusive: ")
                    .append(block.length > 2)
                    .append(", on_match: ")
                    .append(blocksAndActions[i + 1])
                    .append("}, ");
        }
        return custom(
                network("SourceIPInput"),
                extension("xds.type.matcher.v3.IPMatcher", "range_matchers: [" + ranges + "]"));
    }

    private static String domains(String... domainsAndActions) {
        StringBuilder domains = new StringBuilder();
        for (int i = 0; i < domainsAndActions.length; i += 2) {
            domains.append("{domains: ['")
                    .append(domainsAndActions[i])
                    .append("'], on_match: ")
                    .append(domainsAndActions[i + 1])
                    .append("}, ");
        }
        return domainsOf(network("ServerNameInput"), domains.toString());
    }

    private static String domainsOf(String input, String domains) {
        return custom(input, extension("xds.type.matcher.v3.ServerNameMatcher", "domain_matchers: [" + domains + "]"));
    }

    private static String custom(String input, String matcher) {
        return "{matcher_tree: {input: " + input + ", custom_match: " + matcher + "}}";
    }

    private static String allow(String name) {
        return act(name, "ALLOW");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DestinationIPInput | 10.1.0.1",
                "DestinationPortInput | 5050",
                "SourceIPInput | 10.0.0.5",
                "DirectSourceIPInput | 10.0.0.5",
                "SourcePortInput | 40000",
                "ServerNameInput | kv.a.example"
            })
    void anInputOfTheNetworkHolds(String input, String text) {
        assertThat(rule(exactMap(network(input), text, allow("yes")), LoneRbac.request()))
                .isEqualTo("yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UriSanInput | spiffe://a.example/web,spiffe://a.example/web2",
                "DnsSanInput | web.a.example,*.b.example",
                "SubjectInput | CN=web,O=Acme"
            })
    void anInputOfTheCertificateHolds(String input, String text) {
        assertThat(rule(exactMap(extension(SSL + input, ""), text, allow("yes")), LoneRbac.request()))
                .isEqualTo("yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":method | POST",
                ":path | /api/v1?x=1",
                ":authority | kv.a.example:5050",
                "x-role | admin,user",
                "x-n | 5"
            })
    void anInputOfAHeaderHoldsAllItsValues(String name, String text) {
        assertThat(rule(exactMap(header(name), text, allow("yes")), LoneRbac.request()))
                .isEqualTo("yes");
    }

    @Test
    void anInputThatHoldsNothingIsNoMatch() {
        String tree = otherwise(exactMap(header("x-none"), "", allow("empty")), allow("otherwise"));
        assertThat(rule(tree, LoneRbac.request())).isEqualTo("otherwise");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, host",
        "10.0.0.6, narrow",
        "10.0.1.1, wide",
        "11.0.0.1, rest",
        "2001:db8::1, v6",
        "2002::1, null"
    })
    void ofAddressesTheNarrowestBlockOfTheirVersionCounts(String address, String expected) {
        String tree = ranges(
                "0.0.0.0 0", allow("rest"),
                "10.0.0.0 8", allow("wide"),
                "10.0.0.0 24", allow("narrow"),
                "10.0.0.5 32", allow("host"),
                "2001:db8:: 32", allow("v6"));
        assertThat(rule(tree, LoneRbac.request().source(address, 1))).isEqualTo(expected);
    }

    @Test
    void aBlockThatLeadsNowhereLeavesTheAddressToTheNextWider() {
        assertThat(rule(ranges("10.0.0.0 8", allow("wide"), "10.0.0.0 24", NOTHING), LoneRbac.request()))
                .isEqualTo("wide");
    }

    @Test
    void anExclusiveBlockIsNotForAddressesOfANarrowerOne() {
        String tree = ranges("0.0.0.0 0", allow("rest"), "10.0.0.0 8 exclusive", allow("wide"), "10.0.0.0 24", NOTHING);
        assertThat(rule(tree, LoneRbac.request())).isEqualTo("rest");
        assertThat(rule(tree, LoneRbac.request().source("10.9.0.1", 1))).isEqualTo("wide");
    }

    @ParameterizedTest
    @CsvSource({
        "web.shop.example, web",
        "db.shop.example, shop",
        "a.db.shop.example, shop",
        "shop.example, example",
        "example, any",
        "other.test, any"
    })
    void ofDomainsTheNameThenTheNearestParentCounts(String serverName, String expected) {
        String tree = domains(
                "*", allow("any"),
                "*.example", allow("example"),
                "*.shop.example", allow("shop"),
                "web.shop.example", allow("web"));
        assertThat(rule(tree, LoneRbac.request().serverName(serverName))).isEqualTo(expected);
    }

    @Test
    void aDomainThatLeadsNowhereLeavesTheNameToItsParent() {
        String tree = domains("*.a.example", allow("parent"), "kv.a.example", NOTHING);
        assertThat(rule(tree, LoneRbac.request())).isEqualTo("parent");
    }

    @Test
    void withoutAServerNameNoDomainCounts() {
        String tree = otherwise(domains("*", allow("any")), allow("otherwise"));
        assertThat(rule(tree, LoneRbac.request().serverName(null))).isEqualTo("otherwise");
    }

    @Test
    void anEmptyHeaderIsInNoDomain() {
        String any = "{domains: ['*'], on_match: " + allow("any") + "}";
        String tree = otherwise(domainsOf(header("x-domain"), any), allow("otherwise"));
        assertThat(rule(tree, LoneRbac.request().header("x-domain", ""))).isEqualTo("otherwise");
        assertThat(rule(tree, LoneRbac.request().header("x-domain", "x"))).isEqualTo("any");
    }

    @Test
    void aPredicateOfAddressesAsksForOneOfItsBlocks() {
        String inBlocks = "{single_predicate: {input: " + network("SourceIPInput") + ", custom_match: "
                + extension(
                        "envoy.extensions.matching.input_matchers.ip.v3.Ip",
                        "stat_prefix: ip, cidr_ranges: [{address_prefix: 10.9.0.0, prefix_len: 16},"
                                + " {address_prefix: 10.0.0.0, prefix_len: 24}]")
                + "}}";
        String matcher = list(inBlocks, allow("in"), matches(header(":method"), "exact: POST"), allow("out"));
        assertThat(rule(matcher, LoneRbac.request())).isEqualTo("in");
        assertThat(rule(matcher, LoneRbac.request().source("10.0.1.5", 1))).isEqualTo("out");
        assertThat(rule(matcher, LoneRbac.request().source("2001:db8::1", 1))).isEqualTo("out");
    }
}
