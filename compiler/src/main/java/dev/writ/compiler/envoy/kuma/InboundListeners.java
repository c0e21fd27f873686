package dev.writ.compiler.envoy.kuma;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.InboundPolicy;
import dev.writ.compiler.model.Inbound;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.model.Workload;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the listeners of one workload's inbounds: who gets in, past which rules, to which cluster. */
final class InboundListeners {
    private static final String TAGS = "io.kuma.tags";

    private final Workload workload;
    private final Target target;

    InboundListeners(Workload workload, Target target) {
        this.workload = workload;
        this.target = target;
    }

    /** One that takes everything in plaintext, and asks no rule. */
    Listener plaintext(InboundPolicy policy) {
        Inbound inbound = policy.inbound();
        InboundNames names = names(inbound);
        return listener(inbound, names)
                .addFilterChains(new FilterChains(inbound.protocol(), names).any())
                .build();
    }

    Listener strict(InboundPolicy policy, MutualTls tls, SecretSources secrets) {
        Inbound inbound = policy.inbound();
        InboundNames names = names(inbound);
        FilterChain.Builder chain = new FilterChains(inbound.protocol(), names).any();
        Listener.Builder listener = listener(inbound, names).addFilterChains(guarded(chain, policy, tls, secrets));
        return (RbacFilters.asksForServerName(policy) ? listener.addListenerFilters(tlsInspector()) : listener).build();
    }

    Listener permissive(InboundPolicy policy, MutualTls tls, SecretSources secrets) {
        Inbound inbound = policy.inbound();
        InboundNames names = names(inbound);
        FilterChains chains = new FilterChains(inbound.protocol(), names);
        return listener(inbound, names)
                .addListenerFilters(tlsInspector())
                .addFilterChains(chains.plaintext())
                .addFilterChains(chains.foreignTls())
                .addFilterChains(guarded(chains.meshTls(), policy, tls, secrets))
                .build();
    }

    private InboundNames names(Inbound inbound) {
        return InboundNames.of(workload, inbound, target);
    }

    private FilterChain guarded(FilterChain.Builder chain, InboundPolicy policy, MutualTls tls, SecretSources secrets) {
        List<Filter> filters = RbacFilters.add(
                chain.getFiltersList(), policy, names(policy.inbound()).listener());
        return chain.clearFilters()
                .addAllFilters(filters)
                .setTransportSocket(
                        TlsContexts.downstream(secrets, tls.sanPrefixes(), workload.tlsOf(policy.inbound())))
                .build();
    }

    private Listener.Builder listener(Inbound inbound, InboundNames names) {
        return Listener.newBuilder()
                .setName(names.listener())
                .setStatPrefix(names.listenerStats())
                .setAddress(Address.newBuilder()
                        .setSocketAddress(SocketAddress.newBuilder()
                                .setAddress(InboundNames.address(workload, inbound))
                                .setPortValue(inbound.port())))
                .setTrafficDirection(TrafficDirection.INBOUND)
                .setEnableReusePort(BoolValue.of(true))
                .setMetadata(metadata(inbound, names));
    }

    /** Up to 2.14 the tags of the inbound, since 3 the labels of the dataplane. */
    private Metadata metadata(Inbound inbound, InboundNames names) {
        SortedMap<String, String> tags = target.isKuma2() ? inbound.tags() : workload.labels();
        SortedMap<String, String> written =
                tags.isEmpty() ? new TreeMap<>(Map.of("kuma.io/unified-name", names.listener())) : tags;
        Struct.Builder struct = Struct.newBuilder();
        written.forEach((key, value) ->
                struct.putFields(key, Value.newBuilder().setStringValue(value).build()));
        return Metadata.newBuilder().putFilterMetadata(TAGS, struct.build()).build();
    }

    private static ListenerFilter tlsInspector() {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.tls_inspector")
                .setTypedConfig(Any.pack(TlsInspector.getDefaultInstance()))
                .build();
    }
}
