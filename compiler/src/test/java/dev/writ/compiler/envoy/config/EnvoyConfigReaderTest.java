package dev.writ.compiler.envoy.config;

import static dev.writ.compiler.envoy.config.EnvoyYaml.OWN_CERTIFICATE;
import static dev.writ.compiler.envoy.config.EnvoyYaml.act;
import static dev.writ.compiler.envoy.config.EnvoyYaml.exactMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.extension;
import static dev.writ.compiler.envoy.config.EnvoyYaml.files;
import static dev.writ.compiler.envoy.config.EnvoyYaml.header;
import static dev.writ.compiler.envoy.config.EnvoyYaml.http;
import static dev.writ.compiler.envoy.config.EnvoyYaml.httpRbac;
import static dev.writ.compiler.envoy.config.EnvoyYaml.list;
import static dev.writ.compiler.envoy.config.EnvoyYaml.matches;
import static dev.writ.compiler.envoy.config.EnvoyYaml.mtls;
import static dev.writ.compiler.envoy.config.EnvoyYaml.networkRbac;
import static dev.writ.compiler.envoy.config.EnvoyYaml.otherwise;
import static dev.writ.compiler.envoy.config.EnvoyYaml.prefixMap;
import static dev.writ.compiler.envoy.config.EnvoyYaml.router;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcp;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tcpProxy;
import static dev.writ.compiler.envoy.config.EnvoyYaml.tls;
import static dev.writ.compiler.envoy.config.EnvoyYaml.uriPrefix;
import static dev.writ.compiler.envoy.config.EnvoyYaml.uriSan;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.JsonFormat;
import dev.writ.compiler.envoy.Snapshot;
import dev.writ.compiler.envoy.config.ClientValidation.SanKind;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import dev.writ.compiler.envoy.config.ClientValidation.SpiffeTrust;
import dev.writ.compiler.envoy.config.OnMatch.Act;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.OnMatch.Nested;
import dev.writ.compiler.model.WorkloadKey;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyConfigReaderTest {
    private static final OnMatch ALLOW = new Act("web", Effect.ALLOW);
    private static final String ALLOW_YAML = act("web", "ALLOW");
    private static final String ALLOW_ALL = "{on_no_match: " + ALLOW_YAML + "}";

    private static FilterChain chain(EnvoyFiles files) {
        EnvoyConfig config = EnvoyConfigReader.read(files).orElseThrow();
        assertThat(config.unmodelled()).isEmpty();
        assertThat(config.listeners()).hasSize(1);
        return config.listeners().get(0).chains().get(0);
    }

    private static List<String> refusals(EnvoyFiles files) {
        Reading reading = EnvoyConfigReader.read(files);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).reasons();
    }

    private static Matcher matcher(String yaml) {
        NetworkFilter.HttpConnection manager =
                (NetworkFilter.HttpConnection) chain(http(yaml)).filters().get(0);
        HttpFilter.HttpRbac rbac = (HttpFilter.HttpRbac) manager.filters().get(0);
        return ((RbacRules.ByMatcher) rbac.rbac().enforced()).matcher();
    }

    @Test
    void anMtlsInboundIsReadWithTheSecretItNames() {
        FilterChain chain =
                chain(files(mtls(uriPrefix("spiffe://a.example/")), networkRbac("matcher: " + ALLOW_ALL), tcpProxy()));
        assertThat(chain.transport())
                .isEqualTo(new Transport.Tls(
                        true,
                        new SpiffeTrust(
                                List.of("a.example", "b.example"),
                                List.of(new SanMatcher(
                                        SanKind.URI, new TextMatcher.StartsWith("spiffe://a.example/", false))))));
        assertThat(chain.filters())
                .containsExactly(
                        new NetworkFilter.NetworkRbac(new Rbac(
                                new RbacRules.ByMatcher(new Matcher.Otherwise(Optional.of(ALLOW))),
                                new RbacRules.Absent())),
                        new NetworkFilter.TcpProxy(true, false));
        assertThat(chain.unmodelled()).isEmpty();
    }

    @Test
    void theSecretsSanMatchersAddToTheDefaultContexts() {
        EnvoyFiles files = tcp(ALLOW_ALL);
        String trust = files.trust()
                .replace(
                        "validation_context: {",
                        "validation_context: {match_typed_subject_alt_names: [" + uriPrefix("spiffe://b.example/")
                                + "], ");
        EnvoyFiles both = new EnvoyFiles(
                files(mtls(uriPrefix("spiffe://a.example/")), networkRbac("matcher: " + ALLOW_ALL), tcpProxy())
                        .bootstrap(),
                files.identity(),
                trust);
        Transport.Tls tls = (Transport.Tls) chain(both).transport();
        assertThat(((SpiffeTrust) tls.validation()).sanMatchers()).hasSize(2);
    }

    @Test
    void everyKindOfMatcherIsRead() {
        String tree = otherwise(
                exactMap(uriSan(), "spiffe://a.example/web", ALLOW_YAML, "spiffe://a.example/bad", act("bad", "DENY")),
                EnvoyYaml.nest(prefixMap(uriSan(), "", act("any", "LOG"))));
        assertThat(matcher(tree))
                .isEqualTo(new Matcher.ExactMap(
                        new MatchInput.UriSan(),
                        Map.of("spiffe://a.example/web", ALLOW, "spiffe://a.example/bad", new Act("bad", Effect.DENY)),
                        Optional.of(new Nested(new Matcher.PrefixMap(
                                new MatchInput.UriSan(), Map.of("", new Act("any", Effect.LOG)), Optional.empty())))));
        assertThat(matcher(list(
                        EnvoyYaml.all(
                                matches(header(":Method"), "exact: GET"),
                                EnvoyYaml.any(
                                        matches(EnvoyYaml.network("ServerNameInput"), "suffix: .example"),
                                        EnvoyYaml.not(matches(uriSan(), "contains: evil, ignore_case: true")))),
                        ALLOW_YAML)))
                .isEqualTo(new Matcher.FirstOf(
                        List.of(new Matcher.Entry(
                                new Predicate.AllOf(List.of(
                                        new Predicate.Matches(
                                                new MatchInput.Header(":method"), new TextMatcher.Exact("GET", false)),
                                        new Predicate.AnyOf(List.of(
                                                new Predicate.Matches(
                                                        new MatchInput.ServerName(),
                                                        new TextMatcher.EndsWith(".example", false)),
                                                new Predicate.Not(new Predicate.Matches(
                                                        new MatchInput.UriSan(),
                                                        new TextMatcher.Contains("evil", true))))))),
                                ALLOW)),
                        Optional.empty()));
    }

    @Test
    void bytesAndTextGiveTheSame() throws Exception {
        EnvoyFiles files =
                http(otherwise(prefixMap(uriSan(), "spiffe://a.example/", ALLOW_YAML), act("default", "DENY")));
        assertThat(EnvoyConfigReader.read(snapshot(files))).isEqualTo(EnvoyConfigReader.read(files));
    }

    @Test
    void aFieldThatTheBytesHaveAndTheTypeDoesNotIsRefused() throws Exception {
        Snapshot snapshot = snapshot(http(ALLOW_ALL));
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        4711,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                .build())
                .build();
        Bootstrap.Builder bootstrap = snapshot.bootstrap().toBuilder();
        bootstrap.getStaticResourcesBuilder().getListenersBuilder(0).setUnknownFields(unknown);
        Reading reading = EnvoyConfigReader.read(
                new Snapshot(snapshot.workload(), bootstrap.build(), snapshot.identity(), snapshot.trust()));
        assertThat(((Reading.Refused) reading).reasons())
                .containsExactly("envoy.yaml:: unknown field 4711 in envoy.config.listener.v3.Listener");
    }

    private static Snapshot snapshot(EnvoyFiles files) throws Exception {
        Decoding decoding = new Decoding();
        ConfigText text = new ConfigText(decoding);
        Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
        DiscoveryResponse.Builder identity = DiscoveryResponse.newBuilder();
        DiscoveryResponse.Builder trust = DiscoveryResponse.newBuilder();
        text.merge(files.bootstrap(), bootstrap, "envoy.yaml");
        text.merge(files.identity(), identity, "identity");
        text.merge(files.trust(), trust, "trust");
        assertThat(decoding.refusals()).isEmpty();
        return new Snapshot(
                new WorkloadKey("default", "default", "Deployment", "shop", "web"),
                bootstrap.build(),
                identity.getResources(0).unpack(Secret.class),
                trust.getResources(0).unpack(Secret.class));
    }

    @Test
    void jsonIsReadAsYamlIs() throws Exception {
        EnvoyFiles files = tcp(ALLOW_ALL);
        Snapshot snapshot = snapshot(files);
        String json =
                JsonFormat.printer().usingTypeRegistry(KnownTypes.REGISTRY).print(snapshot.bootstrap());
        assertThat(EnvoyConfigReader.read(new EnvoyFiles(json, files.identity(), files.trust())))
                .isEqualTo(EnvoyConfigReader.read(files));
    }

    @Test
    void anUnknownFieldAtAnyDepthIsRefused() {
        assertThat(refusals(tcp("{on_no_match: " + ALLOW_YAML + ", matchr: {}}")))
                .singleElement()
                .asString()
                .startsWith("envoy.yaml: ")
                .contains("matchr");
        // keep_matching is a field of newer Envoys, which refuse it in RBAC.
        assertThat(refusals(tcp("{on_no_match: {keep_matching: true, " + ALLOW_YAML.substring(1) + "}")))
                .singleElement()
                .asString()
                .contains("keep_matching");
    }

    @Test
    void whatEnvoyRefusesIsRefused() {
        assertThat(refusals(tcp(exactMap(uriSan())))).singleElement().asString().endsWith("`map` is empty");
        assertThat(refusals(tcp(list()))).singleElement().asString().endsWith("`matchers` is empty");
        assertThat(refusals(tcp(prefixMap(uriSan(), "a", "{}"))))
                .containsExactly("envoy.yaml: listeners[0].filter_chains[0].filters[0].matcher.matcher_tree."
                        + "prefix_match_map.map[`a`]: needs one of `matcher` or `action`");
        assertThat(refusals(tcp("{on_no_match: " + act("", "DENY") + "}")))
                .singleElement()
                .asString()
                .endsWith("action.name: is empty");
        assertThat(refusals(tcp(list(EnvoyYaml.all(matches(uriSan(), "exact: a")), ALLOW_YAML))))
                .singleElement()
                .asString()
                .endsWith("`predicate` has fewer than 2 items");
        assertThat(refusals(tcp(list(matches(header(":path"), "exact: a"), ALLOW_YAML))))
                .singleElement()
                .asString()
                .endsWith("RBAC does not take the input `envoy.type.matcher.v3.HttpRequestHeaderMatchInput`");
        assertThat(refusals(files(mtls(), networkRbac("matcher: " + ALLOW_ALL))))
                .singleElement()
                .asString()
                .endsWith("no terminal filter");
        assertThat(refusals(files(mtls(), tcpProxy(), networkRbac("matcher: " + ALLOW_ALL))))
                .hasSize(2);
        assertThat(refusals(files(mtls(), http("", httpRbac("matcher: " + ALLOW_ALL)))))
                .singleElement()
                .asString()
                .endsWith("no terminal filter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prefix: \"\"",
                "suffix: \"\"",
                "contains: \"\"",
                "",
                "safe_regex: {regex: a}",
                "safe_regex: {google_re2: {}, regex: \"\"}",
                "safe_regex: {google_re2: {}, regex: \"(\"}",
                "safe_regex: {google_re2: {}, regex: \"a(?=b)\"}",
                "safe_regex: {google_re2: {}, regex: a}, ignore_case: true"
            })
    void aStringMatcherThatEnvoyRefusesIsRefused(String matcher) {
        assertThat(refusals(tcp(list(matches(uriSan(), matcher), ALLOW_YAML)))).hasSize(1);
    }

    @Test
    void anActionThatIsNotRbacsIsRefused() {
        assertThat(refusals(http(exactMap(
                        uriSan(), "a", "{action: " + extension("google.protobuf.StringValue", "value: x") + "}"))))
                .singleElement()
                .asString()
                .endsWith("action: an action of RBAC is `envoy.config.rbac.v3.Action`");
    }

    @Test
    void allRefusalsAreReported() {
        assertThat(refusals(tcp(otherwise(exactMap(uriSan()), nestedEmptyList()))))
                .hasSize(2);
    }

    private static String nestedEmptyList() {
        return EnvoyYaml.nest(list());
    }

    @Test
    void textThatIsNoMappingOfEnvoysIsRefused() {
        EnvoyFiles good = tcp(ALLOW_ALL);
        assertThat(refusals(new EnvoyFiles("[]", good.identity(), good.trust())))
                .contains("envoy.yaml: not a mapping");
        assertThat(refusals(new EnvoyFiles("a: [", good.identity(), good.trust())))
                .singleElement()
                .asString()
                .startsWith("envoy.yaml: not well-formed");
        assertThat(refusals(new EnvoyFiles(good.bootstrap() + "static_resources: {}", good.identity(), good.trust())))
                .singleElement()
                .asString()
                .contains("duplicate key");
        assertThat(refusals(new EnvoyFiles(good.bootstrap(), good.identity(), "resources: []")))
                .singleElement()
                .asString()
                .endsWith("there is no secret `trust` where it should be");
    }

    @Test
    void theTrustDomainsOfAValidatorAreDistinctAndNeedNotBeThere() {
        assertThat(((Transport.Tls)
                                chain(files(List.of(), "", mtls(), tcpProxy())).transport())
                        .validation())
                .isEqualTo(new SpiffeTrust(List.of(), List.of()));
        assertThat(refusals(files(List.of("a.example", "a.example"), "", mtls(), tcpProxy())))
                .singleElement()
                .asString()
                .endsWith("the trust domain `a.example` is given twice");
    }

    @Test
    void whatIsNotModelledKeepsItsPlace() {
        String lua = extension("envoy.extensions.filters.http.lua.v3.Lua", "inline_code: x");
        NetworkFilter.HttpConnection manager = (NetworkFilter.HttpConnection)
                chain(files(mtls(), http("", lua, router()))).filters().get(0);
        assertThat(manager.filters())
                .containsExactly(
                        new Unmodelled(
                                "the HTTP filter `some.name` (envoy.extensions.filters.http.lua.v3.Lua) is not modelled"),
                        new HttpFilter.Router());

        String cel = extension("xds.type.matcher.v3.HttpAttributesCelMatchInput", "");
        assertThat(((Matcher.ExactMap) matcher(exactMap(cel, "a", ALLOW_YAML))).input())
                .isEqualTo(new Unmodelled(
                        "the input `some.name` (xds.type.matcher.v3.HttpAttributesCelMatchInput) is not modelled"));
        assertThat(matcher(list(
                        "{single_predicate: {input: " + uriSan() + ", custom_match: "
                                + extension("xds.type.matcher.v3.CelMatcher", "") + "}}",
                        ALLOW_YAML)))
                .isInstanceOfSatisfying(
                        Matcher.FirstOf.class,
                        list -> assertThat(list.entries().get(0).predicate()).isInstanceOf(Predicate.Custom.class));
    }

    @Test
    void aSettingThatMayChangeDecisionsMakesItsNodeUnmodelled() {
        assertThat(chain(files(mtls(), http("early_header_mutation_extensions: [], via: me, ", router())))
                        .filters())
                .containsExactly(new Unmodelled("`via` of HttpConnectionManager is not modelled"));
        EnvoyFiles good = tcp(ALLOW_ALL);
        Reading reading = EnvoyConfigReader.read(
                new EnvoyFiles(good.bootstrap() + "dynamic_resources: {}\n", good.identity(), good.trust()));
        assertThat(reading.orElseThrow().unmodelled())
                .containsExactly(new Unmodelled("`dynamic_resources` of Bootstrap is not modelled"));
    }

    @Test
    void trustThatTheSpiffeValidatorDoesNotKeepIsUnmodelled() {
        String roots =
                mtls().replace("default_validation_context: {", "default_validation_context: {system_root_certs: {}, ");
        assertThat(((Transport.Tls) chain(files(roots, tcpProxy())).transport()).validation())
                .isEqualTo(new Unmodelled("`system_root_certs` of CertificateValidationContext is not modelled"));
        String bundle = tls(
                "common_tls_context: {" + OWN_CERTIFICATE + ", validation_context: {trusted_ca: {filename: ca.pem}}}");
        assertThat(((Transport.Tls) chain(files(bundle, tcpProxy())).transport()).validation())
                .isEqualTo(new ClientValidation.OneCa(ClientValidation.Authority.UNKNOWN, List.of(), false, false));
        String none = tls("require_client_certificate: true, common_tls_context: {" + OWN_CERTIFICATE + "}");
        assertThat(chain(files(none, tcpProxy())).transport())
                .isEqualTo(new Transport.Tls(true, new ClientValidation.NotRequested()));
        String elsewhere = mtls().replace("sds/trust.yaml", "/run/spire.yaml");
        assertThat(((Transport.Tls) chain(files(elsewhere, tcpProxy())).transport()).validation())
                .isEqualTo(new Unmodelled("the secret `trust` is not part of the config"));
    }

    @Test
    void aMatcherHidesClassicRules() {
        String rules = "rules: {action: DENY}";
        NetworkFilter.NetworkRbac classic = (NetworkFilter.NetworkRbac)
                chain(files(mtls(), networkRbac(rules), tcpProxy())).filters().get(0);
        assertThat(classic.rbac().enforced()).isEqualTo(new RbacRules.ByPolicies(OnMatch.Effect.DENY, List.of()));
        NetworkFilter.NetworkRbac hidden = (NetworkFilter.NetworkRbac)
                chain(files(mtls(), networkRbac(rules + ", matcher: " + ALLOW_ALL), tcpProxy()))
                        .filters()
                        .get(0);
        assertThat(hidden.rbac().enforced()).isInstanceOf(RbacRules.ByMatcher.class);
    }

    @Test
    void filtersOfTheListenerAreSeen() {
        String inspector = ", listener_filters: ["
                + extension("envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", "") + "]";
        EnvoyConfig config = EnvoyConfigReader.read(files(List.of("a.example"), inspector, mtls(), tcpProxy()))
                .orElseThrow();
        assertThat(config.listeners().get(0).inspectsTls()).isTrue();
        String other = ", listener_filters: ["
                + extension("envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol", "") + ", "
                + extension("envoy.extensions.filters.listener.local_ratelimit.v3.LocalRateLimit", "") + "]";
        InboundListener proxied = EnvoyConfigReader.read(files(List.of("a.example"), other, mtls(), tcpProxy()))
                .orElseThrow()
                .listeners()
                .get(0);
        assertThat(proxied.filters())
                .containsExactly(new InboundFilter.ProxyProtocol(PortSet.NONE, false, false, false));
        assertThat(proxied.unmodelled()).hasSize(1);
    }
}
