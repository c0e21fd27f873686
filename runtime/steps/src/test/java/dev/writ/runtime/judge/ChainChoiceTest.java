package dev.writ.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.envoy.config.EnvoyYaml;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.source.SourceFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which chain takes a connection was tried on Envoy 1.40.0; a chain is named here by its place. */
class ChainChoiceTest {
    private static final String NONE = "none";
    private static final String INSPECTOR = "listener_filters: ["
            + EnvoyYaml.extension("envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", "") + "], ";

    private static String chain(String name, String match) {
        return "{name: " + name + ", filter_chain_match: {" + match + "}, filters: [" + EnvoyYaml.tcpProxy() + "]}";
    }

    private static InboundListener listener(String fields, String... matches) {
        StringBuilder chains = new StringBuilder();
        for (int i = 0; i < matches.length; i++) {
            chains.append(chain("c" + (i + 1), matches[i])).append(", ");
        }
        AnyConfig config = new AnyConfigReader(path -> Optional.empty())
                .read(
                        new SourceFile(
                                "listener.yaml",
                                "{name: in, address: {socket_address: {address: 0.0.0.0, port_value: 5050}}, " + fields
                                        + "filter_chains: [" + chains + "]}"),
                        new DiagnosticSink());
        assertThat(config.refusals()).isEmpty();
        return config.config().listeners().getFirst();
    }

    private static String chosen(InboundListener listener, Request request) {
        Inspection.Result inspected = Inspection.of(listener.filters(), Arrival.at(listener, request), request);
        return switch (inspected) {
            case Inspection.Result.Here here -> chosen(listener, here.arrival());
            case Inspection.Result.Ended ended -> ended.reason();
            case Inspection.Result.Unknown unknown -> unknown.reason();
        };
    }

    private static String chosen(InboundListener listener, Arrival arrival) {
        return switch (ChainChoice.of(listener, arrival, MatchTrace.off())) {
            case ChainChoice.Result.Chosen chosen -> chosen.chain().name();
            case ChainChoice.Result.None none -> NONE;
            case ChainChoice.Result.Unknown unknown -> unknown.reason();
        };
    }

    private static String chosen(Request.Builder request, String... matches) {
        return chosen(listener(INSPECTOR, matches), request.build());
    }

    private static String blocks(String field, String address, int length) {
        return field + ": [{address_prefix: '" + address + "', prefix_len: " + length + "}]";
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.5, c2", "10.9.9.9, c1", "11.0.0.1, c3", "2001:db8::1, c4", "2002::1, c3"})
    void ofSourcesTheNarrowestBlockElseTheChainWithoutBlocks(String source, String expected) {
        assertThat(chosen(
                        LoneRbac.request().source(source, 1),
                        blocks("source_prefix_ranges", "10.0.0.0", 8),
                        blocks("source_prefix_ranges", "10.0.0.0", 24),
                        "",
                        blocks("source_prefix_ranges", "2001:db8::", 32)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefix_ranges", "source_prefix_ranges", "direct_source_prefix_ranges"})
    void betweenNoBlocksAndOneOfNoLengthEnvoyTakesOneByChance(String field) {
        String[] matches = {"", blocks(field, "0.0.0.0", 0), blocks(field, "10.9.0.0", 16)};
        assertThat(chosen(LoneRbac.request(), matches))
                .isEqualTo(
                        "of a filter chain for every address and one for a block of no length Envoy takes one by chance");
        Request.Builder narrow = LoneRbac.request().source("10.9.0.1", 1).destination("10.9.0.1", 5050);
        assertThat(chosen(narrow, matches)).isEqualTo("c3");
        Request.Builder ofOtherVersion =
                LoneRbac.request().source("2001:db8::1", 1).destination("2001:db8::2", 5050);
        assertThat(chosen(ofOtherVersion, matches)).isEqualTo("c1");
    }

    @Test
    void itIsNoChanceWhereAnEarlierCriterionHasLeftOneOfThem() {
        assertThat(chosen(
                        LoneRbac.request(),
                        "",
                        "server_names: [kv.a.example], " + blocks("source_prefix_ranges", "0.0.0.0", 0)))
                .isEqualTo("c2");
    }

    @ParameterizedTest
    @CsvSource({"web.shop.example, c1", "db.shop.example, c2", "a.example, c3", "shop.example, c3", "example, c4"})
    void ofServerNamesTheNameItselfThenTheLongestWildcard(String serverName, String expected) {
        assertThat(chosen(
                        LoneRbac.request().serverName(serverName),
                        "server_names: [web.shop.example]",
                        "server_names: ['*.shop.example']",
                        "server_names: ['*.example']",
                        ""))
                .isEqualTo(expected);
    }

    @Test
    void thereIsNoWayBackFromAMoreNarrowCriterion() {
        assertThat(chosen(
                        LoneRbac.request(),
                        "",
                        "server_names: [kv.a.example], " + blocks("source_prefix_ranges", "11.0.0.0", 8)))
                .isEqualTo(NONE);
    }

    @Test
    void theDestinationsPortIsAskedBeforeTheServerName() {
        assertThat(chosen(LoneRbac.request(), "server_names: [kv.a.example]", "destination_port: 5050"))
                .isEqualTo("c2");
    }

    @Test
    void whoPassesNoCriterionIsTakenByTheDefaultChain() {
        String fallback = "default_filter_chain: " + chain("fallback", "") + ", ";
        InboundListener listener = listener(INSPECTOR + fallback, "destination_port: 1");
        assertThat(chosen(listener, LoneRbac.request().build())).isEqualTo("fallback");
    }

    @Test
    void ofApplicationProtocolsTheCallersFirstCounts() {
        String[] matches = {"application_protocols: [h2]", "application_protocols: [kuma]", ""};
        assertThat(chosen(LoneRbac.request().applicationProtocols(List.of("kuma", "h2")), matches))
                .isEqualTo("c2");
        assertThat(chosen(LoneRbac.request().applicationProtocols(List.of("http/1.1")), matches))
                .isEqualTo("c3");
    }

    @Test
    void withoutAnInspectorEverythingIsARawBuffer() {
        String[] matches = {"transport_protocol: tls", "transport_protocol: raw_buffer"};
        assertThat(chosen(LoneRbac.request(), matches)).isEqualTo("c1");
        assertThat(chosen(listener("", matches), LoneRbac.request().build())).isEqualTo("c2");
        assertThat(chosen(Request.from(new Peer.Plaintext()), matches)).isEqualTo("c2");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, c1", "::1, c1", "127.0.0.2, c2", "10.1.0.1, c1", "10.0.0.5, c2"})
    void aSourceIsLocalOnTheLoopbackAndFromTheAddressThatItCalls(String source, String expected) {
        assertThat(chosen(
                        LoneRbac.request().source(source, 1),
                        "source_type: SAME_IP_OR_LOOPBACK",
                        "source_type: EXTERNAL"))
                .isEqualTo(expected);
    }

    @Test
    void ofSourcePortsTheNamedOne() {
        assertThat(chosen(LoneRbac.request(), "source_ports: [40000]", "")).isEqualTo("c1");
        assertThat(chosen(LoneRbac.request().source("10.0.0.5", 1), "source_ports: [40000]", ""))
                .isEqualTo("c2");
    }

    @Test
    void whatTheRequestDoesNotSayIsUnknownWhereAChainAsksForIt() {
        Request.Builder unsaid = Request.from(new Peer.Anonymous());
        assertThat(chosen(unsaid, "source_ports: [40000]", "")).isEqualTo("the request does not say its source port");
        assertThat(chosen(unsaid, blocks("source_prefix_ranges", "10.0.0.0", 8), ""))
                .isEqualTo("the request does not say its source address");
        assertThat(chosen(unsaid, "")).isEqualTo("c1");
    }
}
