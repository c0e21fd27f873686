package dev.writ.compiler.envoy.kuma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.ir.RecordedLegacyRules;
import dev.writ.compiler.model.Target;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ServerNameInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The RBAC filters against Kuma's own goldens, message for message: a filter that is missing fails. */
class RbacConformanceTest {
    private static final JsonFormat.TypeRegistry TYPES = JsonFormat.TypeRegistry.newBuilder()
            .add(List.of(
                    Action.getDescriptor(),
                    DownstreamTlsContext.getDescriptor(),
                    HttpConnectionManager.getDescriptor(),
                    RBAC.getDescriptor(),
                    Router.getDescriptor(),
                    ServerNameInput.getDescriptor(),
                    TcpProxy.getDescriptor(),
                    UriSanInput.getDescriptor(),
                    io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor()))
            .build();

    @Test
    void rulesBecomeKumasMatcher() throws IOException {
        ConformanceArea.of("mtp-rbac").verify(one -> {
            JsonNode input = one.yaml("input.yaml");
            InboundPolicy policy = RecordedRules.lower(input.path("inboundRules"), Target.KUMA_3);

            assertSame(chain(one), policy, input.path("statsName").asText());
        });
    }

    @Test
    void fromBecomesKumasPrincipals() throws IOException {
        ConformanceArea.of("mtp-rbac-legacy-v214").verify(one -> {
            JsonNode input = one.yaml("input.yaml");
            InboundPolicy policy = RecordedLegacyRules.lower(
                    input.path("rules"), input.path("mesh").asText());

            assertSame(chain(one), policy, input.path("statsName").asText());
        });
    }

    private static FilterChain chain(ConformanceArea.Case one) throws IOException {
        FilterChain.Builder chain = FilterChain.newBuilder();
        merge(one.yaml("filterchain.golden.yaml"), chain);
        return chain.build();
    }

    /** The recorded filters are those that RBAC makes of themselves without it. */
    private static void assertSame(FilterChain expected, InboundPolicy policy, String listener) {
        assertThat(RbacFilters.add(without(expected.getFiltersList()), policy, listener))
                .isEqualTo(expected.getFiltersList());
    }

    @Test
    void rbacIsOnTlsChainsOfInboundsAlone() throws IOException {
        ConformanceArea.of("mtp-plugin").verify(one -> {
            assertThat(one.has("case.yaml")).as("an input").isTrue();
            JsonNode given = one.yaml("case.yaml");
            if (given.has("expectedListenerFilters")) {
                ArrayNode rules = JsonNodeFactory.instance.arrayNode();
                given.path("inboundRules").forEach(conf -> rules.addObject().set("conf", conf));
                assertThat(RbacFilters.asksForServerName(RecordedRules.lower(rules, Target.KUMA_3)))
                        .isTrue();
                return;
            }
            for (JsonNode listener : given.path("listeners")) {
                String place = listener.path("address").asText() + ":"
                        + listener.path("port").asText();
                InboundPolicy policy =
                        RecordedRules.lower(given.path("inboundRules").path(place), Target.KUMA_3);
                boolean isInbound = listener.path("origin").asText().equals("inbound");
                assertGuarded(listener(one, listener.path("name").asText()), policy, isInbound);
            }
        });
    }

    /** The case does not record its input, which is in Kuma's {@code plugin_test.go}: {@code frontend} may call the first inbound. */
    @Test
    void withBuiltinMtlsAnInboundWithoutPermissionsIsClosedByClassicRules() throws IOException {
        ConformanceArea.of("mtp-plugin-legacy-v214").verify(one -> {
            JsonNode frontend = new YAMLMapper()
                    .readTree("[{conf: {action: Allow}, subset: [{key: kuma.io/service, value: frontend}]}]");
            InboundPolicy first = RecordedLegacyRules.lower(frontend, "mesh-1");
            InboundPolicy others = RecordedLegacyRules.lower(JsonNodeFactory.instance.arrayNode(), "mesh-1");
            assertGuarded(listener(one, "test_listener"), first, true);
            assertGuarded(listener(one, "test_listener2"), others, true);
            assertGuarded(listener(one, "test_listener3"), others, false);
            assertGuarded(listener(one, "test_listener4"), others, true);
        });
    }

    private static Listener listener(ConformanceArea.Case one, String name) throws IOException {
        for (JsonNode resource : one.yaml("listeners.golden.yaml").path("resources")) {
            if (resource.path("name").asText().equals(name)) {
                ObjectNode message = (ObjectNode) resource.path("resource");
                message.remove("@type");
                Listener.Builder listener = Listener.newBuilder();
                merge(message, listener);
                return listener.build();
            }
        }
        throw new AssertionError("no listener " + name);
    }

    private static void assertGuarded(Listener recorded, InboundPolicy policy, boolean isInbound) {
        for (FilterChain chain : recorded.getFilterChainsList()) {
            if (isInbound && chain.hasTransportSocket()) {
                assertSame(chain, policy, recorded.getName());
            } else {
                assertThat(without(chain.getFiltersList())).isEqualTo(chain.getFiltersList());
            }
        }
    }

    static List<Filter> without(List<Filter> filters) {
        List<Filter> others = new ArrayList<>();
        for (Filter filter : filters) {
            if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
                others.add(withoutHttpRbac(filter));
            } else if (!filter.getName().equals("envoy.filters.network.rbac")) {
                others.add(filter);
            }
        }
        return others;
    }

    private static Filter withoutHttpRbac(Filter filter) {
        try {
            HttpConnectionManager manager = filter.getTypedConfig().unpack(HttpConnectionManager.class);
            HttpConnectionManager.Builder open = manager.toBuilder().clearHttpFilters();
            manager.getHttpFiltersList().stream()
                    .filter(http -> !http.getName().equals("envoy.filters.http.rbac"))
                    .forEach(open::addHttpFilters);
            return filter.toBuilder().setTypedConfig(Any.pack(open.build())).build();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static void merge(JsonNode json, Message.Builder into) throws IOException {
        JsonFormat.parser().usingTypeRegistry(TYPES).merge(json.toString(), into);
    }
}
