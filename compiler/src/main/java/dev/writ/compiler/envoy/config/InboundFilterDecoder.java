package dev.writ.compiler.envoy.config;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.ProxyProtocolConfig;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilterChainMatchPredicate;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.original_src.v3.OriginalSrc;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import java.util.ArrayList;
import java.util.List;

/** Decodes the filters of a listener. Those that change nothing but the way to the upstream are left out. */
final class InboundFilterDecoder {
    private final Decoding decoding;

    InboundFilterDecoder(Decoding decoding) {
        this.decoding = decoding;
    }

    /** @param unmodelled gets those that may change any decision */
    List<InboundFilter> decode(List<ListenerFilter> filters, String place, List<Unmodelled> unmodelled) {
        List<InboundFilter> decoded = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            ListenerFilter filter = filters.get(i);
            Any config = filter.getTypedConfig();
            String at = place + "[" + i + "]";
            PortSet disabled = filter.hasFilterDisabled() ? ports(filter.getFilterDisabled()) : PortSet.NONE;
            if (config.is(TlsInspector.class)) {
                decoding.unpack(config, TlsInspector.class, at);
                decoded.add(new InboundFilter.TlsInspector(disabled));
            } else if (config.is(HttpInspector.class)) {
                decoding.unpack(config, HttpInspector.class, at);
                decoded.add(new InboundFilter.HttpInspector(disabled));
            } else if (config.is(OriginalDst.class)) {
                decoding.unpack(config, OriginalDst.class, at);
                decoded.add(new InboundFilter.OriginalDestination(disabled));
            } else if (config.is(ProxyProtocol.class)) {
                decoding.unpack(config, ProxyProtocol.class, at)
                        .ifPresent(proxy -> decoded.add(proxyProtocol(proxy, disabled, at)));
            } else if (config.is(OriginalSrc.class)) {
                decoding.unpack(config, OriginalSrc.class, at);
            } else if (!disabled.isAll()) {
                unmodelled.add(decoding.notModelled("the listener filter", filter.getName(), config, at));
            }
        }
        return decoded;
    }

    private InboundFilter proxyProtocol(ProxyProtocol proxy, PortSet disabled, String place) {
        boolean refusesV1 = proxy.getDisallowedVersionsList().contains(ProxyProtocolConfig.Version.V1);
        boolean refusesV2 = proxy.getDisallowedVersionsList().contains(ProxyProtocolConfig.Version.V2);
        if (refusesV1 && refusesV2) {
            decoding.refuse(place + ".disallowed_versions", "all versions of the PROXY protocol are disallowed");
        }
        return new InboundFilter.ProxyProtocol(
                disabled, proxy.getAllowRequestsWithoutProxyProtocol(), refusesV1, refusesV2);
    }

    private static PortSet ports(ListenerFilterChainMatchPredicate predicate) {
        return switch (predicate.getRuleCase()) {
            case ANY_MATCH -> predicate.getAnyMatch() ? PortSet.all() : PortSet.NONE;
            case NOT_MATCH -> ports(predicate.getNotMatch()).not();
            case OR_MATCH -> or(predicate.getOrMatch().getRulesList());
            case AND_MATCH -> and(predicate.getAndMatch().getRulesList());
            case DESTINATION_PORT_RANGE ->
                PortSet.range(
                        predicate.getDestinationPortRange().getStart(),
                        predicate.getDestinationPortRange().getEnd());
            case RULE_NOT_SET -> PortSet.NONE;
        };
    }

    private static PortSet or(List<ListenerFilterChainMatchPredicate> rules) {
        PortSet any = PortSet.NONE;
        for (ListenerFilterChainMatchPredicate rule : rules) {
            any = any.or(ports(rule));
        }
        return any;
    }

    private static PortSet and(List<ListenerFilterChainMatchPredicate> rules) {
        PortSet none = PortSet.NONE;
        for (ListenerFilterChainMatchPredicate rule : rules) {
            none = none.or(ports(rule).not());
        }
        return none.not();
    }
}
