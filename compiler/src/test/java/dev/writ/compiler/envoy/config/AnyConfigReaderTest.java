package dev.writ.compiler.envoy.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnyConfigReaderTest {
    private static final String RULES =
            "{action: DENY, policies: {a: {permissions: [{destinationPort: 80}], principals: [{any: true}]}}}";

    private static AnyConfig read(String text) {
        DiagnosticSink sink = new DiagnosticSink();
        AnyConfig config = new AnyConfigReader(path -> Optional.empty()).read(new SourceFile("a.yaml", text), sink);
        assertThat(sink.sorted()).isEmpty();
        return config;
    }

    private static Rbac filter(AnyConfig config) {
        assertThat(config.refusals()).isEmpty();
        assertThat(config.filters()).hasSize(1);
        return config.filters().get(0).rbac();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RULES,
                "{rules: " + RULES + "}",
                "{stat_prefix: a, rules: " + RULES + "}",
                "{rbac: {rules: " + RULES + "}}",
                "{\"@type\": type.googleapis.com/envoy.config.rbac.v3.RBAC, action: 1, policies: {a: {permissions: "
                        + "[{destination_port: \"80\"}], principals: [{any: true}]}}}",
                "{name: rbac, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC,"
                        + " rules: " + RULES + "}}"
            })
    void anRbacFilterIsReadInWhateverWrapping(String text) {
        assertThat(filter(read(text)).enforced())
                .isEqualTo(new RbacRules.ByPolicies(
                        OnMatch.Effect.DENY,
                        List.of(new RbacRules.Policy(
                                "a",
                                List.of(new Permission.DestinationPorts(80, 81)),
                                List.of(new Identifier.Any()),
                                Optional.empty()))));
    }

    @Test
    void bytesAreReadAsWhatTheyAre() {
        AnyConfigReader reader = new AnyConfigReader(path -> Optional.empty());
        RBAC rules = RBAC.newBuilder().setAction(RBAC.Action.LOG).build();
        assertThat(filter(reader.read(rules.toByteArray())).enforced())
                .isEqualTo(new RbacRules.ByPolicies(OnMatch.Effect.LOG, List.of()));
        assertThat(reader.read(new byte[] {1, 2, 3}).refusals())
                .singleElement()
                .extracting(Refusal::reason)
                .asString()
                .startsWith("not the bytes of");
        Listener listener = Listener.newBuilder().setName("in").build();
        assertThat(reader.read(listener.toByteArray()).config().listeners())
                .singleElement()
                .extracting(InboundListener::name)
                .isEqualTo("in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{permissions: [{any: true}], principals: [{any: no}]} | no | must be true or false",
                "{permissions: [{destination_ip: {address_prefix: 1.2.3}}], principals: [{any: true}]} | 1.2.3 | `1.2.3` is no IP address",
                "{permissions: [{header: {name: a, string_mach: {}}}], principals: [{any: true}]} | string_mach | `HeaderMatcher` has no field `string_mach`",
                "{permissions: [{destination_port: 65536}], principals: [{any: true}]} | 65536 | must be at most 65535",
                "{permissions: [{url_path: {path: {safe_regex: {regex: a(}}}}], principals: [{any: true}]} | a( | the regular expression `a(` is not RE2's: error parsing regexp: missing closing ): `a(`"
            })
    void whatEnvoyRefusesIsUnderlined(String policy, String underlined, String reason) {
        Refusal refusal = read("policies:\n  a: " + policy + "\n").refusals().get(0);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.span()).extracting(SourceSpan::text).isEqualTo(underlined);
    }

    @Test
    void aChainThatTakesTheSameConnectionsIsRefused() {
        String chain = "{filters: [{name: tcp, typed_config: {\"@type\": type.googleapis.com/envoy.extensions.filters"
                + ".network.tcp_proxy.v3.TcpProxy, stat_prefix: a, cluster: a}}]}";
        assertThat(read("{filter_chains: [" + chain + ", " + chain + "]}").refusals())
                .extracting(Refusal::reason)
                .containsExactly("takes the same connections as `filter_chains[0]`");
    }
}
