package dev.writ.compiler.check.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.source.SourceFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a config's dangers are, and what only looks like one. */
class EnvoyChecksTest {
    private static final String URI =
            "input: {name: uri, typed_config: {'@type': type.googleapis.com/envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput}}";
    private static final String SPIFFE = """
            custom_validator_config:
              name: envoy.tls.cert_validator.spiffe
              typed_config:
                '@type': type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig
                trust_domains: [{name: a.example, trust_bundle: {filename: a.pem}}]
            """;

    /** Each as {@code severity id: underlined text}. */
    private static List<String> found(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        EnvoyChecks.run(
                new AnyConfigReader(path -> Optional.empty()).read(new SourceFile("envoy.yaml", text), sink), sink);
        return sink.sorted().stream().map(EnvoyChecksTest::line).toList();
    }

    private static String line(Diagnostic found) {
        assertThat(found.span()).as(found.message()).isNotNull();
        String underlined = found.span() == null
                ? ""
                : found.span().text().lines().findFirst().orElse("");
        return found.id() + ": " + underlined;
    }

    private static String action(String effect) {
        return "action: {name: act, typed_config: {'@type': type.googleapis.com/envoy.config.rbac.v3.Action, name: act, action: "
                + effect + "}}";
    }

    private static String entry(String match, String effect) {
        return "- {predicate: {single_predicate: {" + URI + ", value_match: {" + match + "}}}, on_match: {"
                + action(effect) + "}}\n";
    }

    private static String matcher(String onNoMatch, String... entries) {
        return "matcher_list:\n  matchers:\n" + String.join("", entries).indent(2) + "on_no_match: {"
                + action(onNoMatch) + "}\n";
    }

    private static String guard(String regex) {
        return "- {predicate: {not_matcher: {single_predicate: {" + URI
                + ", value_match: {safe_regex: {google_re2: {}, regex: '" + regex + "'}}}}}, on_match: {"
                + action("DENY") + "}}\n";
    }

    private static String tcp(String transport, String rbac, String proxy) {
        return """
                filters:
                - name: rbac
                  typed_config:
                    '@type': type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC
                    stat_prefix: in
                %s
                - name: tcp
                  typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy, stat_prefix: in, cluster: app%s}
                transport_socket:
                  name: tls
                  typed_config:
                    '@type': type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                    require_client_certificate: true
                    common_tls_context:
                      tls_certificates: [{certificate_chain: {filename: svid.pem}, private_key: {filename: svid.key}}]
                      validation_context:
                %s""".formatted(rbac.indent(4), proxy, transport.indent(8));
    }

    private static String allowing(String... principals) {
        return "rules: {action: ALLOW, policies: {a: {permissions: [{any: true}], principals: ["
                + String.join(", ", principals) + "]}}}";
    }

    private static String named(String match) {
        return "{authenticated: {principal_name: {" + match + "}}}";
    }

    @Test
    void anExactDenyIsEvadedByAFurtherSan() {
        String deny = entry("exact: 'spiffe://a.example/bad'", "DENY");
        assertThat(found(matcher("ALLOW", deny))).containsExactly("envoy.joined-sans: 'spiffe://a.example/bad'");
        assertThat(found(matcher("ALLOW", guard("spiffe://[a-z.]+(/[a-z]+)+"), deny)))
                .isEmpty();
    }

    @Test
    void aGuardThatLetsCommasThroughIsNone() {
        assertThat(found(matcher("ALLOW", guard("spiffe://.*"), entry("exact: 'spiffe://a.example/bad'", "DENY"))))
                .contains("envoy.joined-sans: 'spiffe://a.example/bad'");
    }

    @Test
    void aDenyByTextAnywhereIsNotEvaded() {
        assertThat(found(matcher("ALLOW", entry("contains: 'spiffe://a.example/bad'", "DENY"))))
                .isEmpty();
    }

    private static String map(String kind, String entries, String onNoMatch) {
        return "{matcher: {matcher_tree: {" + URI + ", " + kind + ": {map: {" + entries + "}}}, on_no_match: "
                + onNoMatch + "}}";
    }

    private static String key(String key, String effect) {
        return "'" + key + "': {" + action(effect) + "}";
    }

    /** A guard, an allow of a prefix, and what comes after. */
    private static String tree(String onNoMatch) {
        return "matcher_list:\n  matchers:\n"
                + (guard("spiffe://[a-z.]+(/[a-z]+)+") + entry("prefix: 'spiffe://a.example/ns/'", "ALLOW")).indent(2)
                + "on_no_match: " + onNoMatch + "\n";
    }

    @Test
    void aDenyInATreeBehindAnAllowOfItsListIsHidden() {
        String deny = "{" + action("DENY") + "}";
        String keys = key("spiffe://a.example/ns/bad", "DENY") + ", " + key("spiffe://a.example/bad", "DENY");
        assertThat(found(tree(map("exact_match_map", keys, deny))))
                .singleElement(STRING)
                .startsWith("envoy.hidden-deny: {action");
        assertThat(found(tree(map("prefix_match_map", keys.replace("bad'", "bad/'"), deny))))
                .singleElement(STRING)
                .startsWith("envoy.hidden-deny: {action");
    }

    @Test
    void anEntryOfAMapHidesWhatComesAfterTheMap() {
        String after = map("exact_match_map", key("spiffe://a.example/web", "DENY"), "{" + action("DENY") + "}");
        assertThat(found(tree(map("exact_match_map", key("spiffe://a.example/web", "ALLOW"), after))))
                .singleElement(STRING)
                .startsWith("envoy.hidden-deny: {action");
        assertThat(found(tree(map("exact_match_map", key("spiffe://a.example/web2", "ALLOW"), after))))
                .isEmpty();
    }

    @Test
    void aDenyInAMapsOwnEntryIsForTheCallersOfThatEntry() {
        String list =
                entry("prefix: 'spiffe://a.example/'", "ALLOW").substring(2).strip() + ", "
                        + entry("contains: bad", "DENY").substring(2).strip();
        String nested = "'spiffe://a.example/x/': {matcher: {matcher_list: {matchers: [" + list + "]}, on_no_match: {"
                + action("DENY") + "}}}";
        assertThat(found(tree(map("prefix_match_map", nested, "{" + action("DENY") + "}"))))
                .contains("envoy.hidden-deny: bad");
    }

    @Test
    void aShadowDenyIsHiddenLikeAnyOther() {
        String shadow = "shadow_matcher:\n"
                + matcher(
                                "ALLOW",
                                entry("prefix: 'spiffe://a.example/'", "ALLOW"),
                                entry("exact: 'spiffe://a.example/bad'", "DENY"))
                        .indent(2);
        assertThat(found("'@type': type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC\n" + shadow))
                .contains("envoy.hidden-deny: 'spiffe://a.example/bad'");
    }

    @Test
    void onlyADenyWhollyBehindAnAllowIsHidden() {
        String guard = guard("spiffe://[a-z.]+(/[a-z]+)+");
        String deny = entry("exact: 'spiffe://a.example/bad'", "DENY");
        assertThat(found(matcher("DENY", guard, entry("prefix: 'spiffe://a.example/'", "ALLOW"), deny)))
                .containsExactly("envoy.hidden-deny: 'spiffe://a.example/bad'");
        assertThat(found(matcher("DENY", guard, deny, entry("prefix: 'spiffe://a.example/'", "ALLOW"))))
                .isEmpty();
        assertThat(found(matcher("DENY", guard, entry("prefix: 'spiffe://a.example/bad/'", "ALLOW"), deny)))
                .isEmpty();
    }

    @Test
    void theSpiffeValidatorClosesAPrefixThatIsATrustDomain() {
        String open = allowing(named("prefix: 'spiffe://a.example'"));
        String later = ", upstream_connect_mode: ON_DOWNSTREAM_DATA, max_early_data_bytes: 8192";
        assertThat(found(tcp("trusted_ca: {filename: ca.pem}", open, later)))
                .containsExactly("envoy.open-prefix: 'spiffe://a.example'");
        assertThat(found(tcp(SPIFFE, open, later))).isEmpty();
        assertThat(found(tcp(SPIFFE, allowing(named("prefix: 'spiffe://a.example/ns/shop'")), later)))
                .containsExactly("envoy.open-prefix: 'spiffe://a.example/ns/shop'");
    }

    @Test
    void aPrefixThatTheUsualPathGoesOnFromWithASlashIsClosed() {
        assertThat(found("rules: {action: ALLOW, policies: {a: {permissions: [{any: true}], principals: ["
                        + named("prefix: 'spiffe://a.example/ns/shop/sa'") + ", "
                        + named("prefix: 'spiffe://a.example/ns/shop/s'") + "]}}}"))
                .containsExactly("envoy.open-prefix: 'spiffe://a.example/ns/shop/s'");
    }

    @Test
    void aCallerThatTlsRefusesReadsNothing() {
        String web = "exact: 'spiffe://a.example/web'";
        String sans = "match_typed_subject_alt_names: [{san_type: URI, matcher: {" + web + "}}]\n";
        assertThat(found(tcp(SPIFFE, allowing(named(web)), "")))
                .singleElement()
                .asString()
                .startsWith("envoy.early-upstream: ");
        assertThat(found(tcp(SPIFFE + sans, allowing(named(web)), ""))).isEmpty();
    }

    @Test
    void oneBundleIsForOneTrustDomain() {
        String later = ", upstream_connect_mode: ON_DOWNSTREAM_DATA, max_early_data_bytes: 8192";
        String ca = "trusted_ca: {filename: ca.pem}";
        String ours = named("exact: 'spiffe://a.example/web'");
        assertThat(found(tcp(ca, allowing(ours, named("exact: 'spiffe://b.example/web'")), later)))
                .containsExactly("envoy.merged-trust: {filename: ca.pem}");
        assertThat(found(tcp(ca, allowing(ours, named("exact: 'spiffe://a.example/job'")), later)))
                .isEmpty();
    }

    @Test
    void aContextThatAsksForNothingIsNone() {
        String later = ", upstream_connect_mode: ON_DOWNSTREAM_DATA, max_early_data_bytes: 8192";
        assertThat(found(tcp("{}", allowing(named("exact: 'spiffe://a.example/web'")), later)))
                .containsExactly("envoy.no-client-validation: true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shadow_rules: {action: ALLOW}", "rules: {action: DENY}", "rules_stat_prefix: a"})
    void rulesThatKeepNobodyOutAreFound(String filter) {
        assertThat(found(filter)).singleElement().asString().startsWith("envoy.fail-open: ");
    }

    @Test
    void whatIsRefusedIsSaidToo() {
        assertThat(found("rules: {action: ALLOW, polices: {}}")).contains("envoy.refused: polices");
    }
}
