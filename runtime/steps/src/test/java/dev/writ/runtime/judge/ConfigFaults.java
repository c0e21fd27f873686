package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.FilterChain;
import dev.writ.compiler.envoy.config.HttpFilter;
import dev.writ.compiler.envoy.config.InboundListener;
import dev.writ.compiler.envoy.config.Matcher;
import dev.writ.compiler.envoy.config.NetworkFilter;
import dev.writ.compiler.envoy.config.OnMatch;
import dev.writ.compiler.envoy.config.Rbac;
import dev.writ.compiler.envoy.config.RbacRules;
import dev.writ.compiler.envoy.config.Transport;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rewrites a decoded config at one kind of place, everywhere: how a fault of the emitter or the decoder would look. */
final class ConfigFaults {
    private ConfigFaults() {}

    static EnvoyConfig listeners(EnvoyConfig config, UnaryOperator<InboundListener> change) {
        return new EnvoyConfig(config.listeners().stream().map(change).toList(), config.unmodelled());
    }

    static EnvoyConfig transport(EnvoyConfig config, UnaryOperator<Transport> change) {
        return chains(
                config, chain -> new FilterChain(change.apply(chain.transport()), chain.filters(), chain.unmodelled()));
    }

    static EnvoyConfig rbacs(EnvoyConfig config, UnaryOperator<Rbac> change) {
        return chains(
                config,
                chain -> new FilterChain(
                        chain.transport(),
                        chain.filters().stream()
                                .map(filter -> network(filter, change))
                                .toList(),
                        chain.unmodelled()));
    }

    /** Changes every matcher of the enforced rules, the nested ones first. */
    static EnvoyConfig matchers(EnvoyConfig config, UnaryOperator<Matcher> change) {
        return rbacs(config, rbac -> new Rbac(rules(rbac.enforced(), change), rbac.shadow()));
    }

    /** Changes every leaf of the enforced rules. */
    static EnvoyConfig actions(EnvoyConfig config, UnaryOperator<OnMatch.Act> change) {
        return rbacs(config, rbac -> new Rbac(actions(rbac.enforced(), change), rbac.shadow()));
    }

    static RbacRules actions(RbacRules rules, UnaryOperator<OnMatch.Act> change) {
        return rules instanceof RbacRules.ByMatcher byMatcher
                ? new RbacRules.ByMatcher(nested(byMatcher.matcher(), onMatch -> actions(onMatch, change)))
                : rules;
    }

    private static OnMatch actions(OnMatch onMatch, UnaryOperator<OnMatch.Act> change) {
        return switch (onMatch) {
            case OnMatch.Act act -> change.apply(act);
            case OnMatch.Take take -> take;
            case OnMatch.Nested inner -> new OnMatch.Nested(nested(inner.matcher(), next -> actions(next, change)));
            case Unmodelled unmodelled -> unmodelled;
        };
    }

    private static EnvoyConfig chains(EnvoyConfig config, UnaryOperator<FilterChain> change) {
        return listeners(
                config,
                listener -> listener.withChains(
                        listener.chains().stream().map(change).toList(), listener.defaultChain()));
    }

    private static NetworkFilter network(NetworkFilter filter, UnaryOperator<Rbac> change) {
        return switch (filter) {
            case NetworkFilter.NetworkRbac rbac -> new NetworkFilter.NetworkRbac(change.apply(rbac.rbac()));
            case NetworkFilter.HttpConnection http ->
                new NetworkFilter.HttpConnection(
                        http.paths(),
                        http.filters().stream()
                                .map(inner -> inner instanceof HttpFilter.HttpRbac rbac
                                        ? new HttpFilter.HttpRbac(change.apply(rbac.rbac()))
                                        : inner)
                                .toList());
            case NetworkFilter.TcpProxy proxy -> proxy;
            case Unmodelled unmodelled -> unmodelled;
        };
    }

    private static RbacRules rules(RbacRules rules, UnaryOperator<Matcher> change) {
        return rules instanceof RbacRules.ByMatcher byMatcher
                ? new RbacRules.ByMatcher(changed(byMatcher.matcher(), change))
                : rules;
    }

    private static Matcher changed(Matcher matcher, UnaryOperator<Matcher> change) {
        return change.apply(nested(
                matcher,
                onMatch -> onMatch instanceof OnMatch.Nested inner
                        ? new OnMatch.Nested(changed(inner.matcher(), change))
                        : onMatch));
    }

    /** The matcher with each of its ways on changed. */
    private static Matcher nested(Matcher matcher, UnaryOperator<OnMatch> change) {
        return switch (matcher) {
            case Matcher.FirstOf list ->
                new Matcher.FirstOf(
                        list.entries().stream()
                                .map(entry -> new Matcher.Entry(entry.predicate(), change.apply(entry.onMatch())))
                                .toList(),
                        list.onNoMatch().map(change));
            case Matcher.ExactMap map ->
                new Matcher.ExactMap(
                        map.input(),
                        entries(map.entries(), change),
                        map.onNoMatch().map(change));
            case Matcher.PrefixMap map ->
                new Matcher.PrefixMap(
                        map.input(),
                        entries(map.entries(), change),
                        map.onNoMatch().map(change));
            case Matcher.IpMap map ->
                new Matcher.IpMap(
                        map.input(),
                        map.entries().stream()
                                .map(entry -> new Matcher.IpEntry(
                                        entry.blocks(), change.apply(entry.onMatch()), entry.exclusive()))
                                .toList(),
                        map.onNoMatch().map(change));
            case Matcher.DomainMap map ->
                new Matcher.DomainMap(
                        map.input(),
                        entries(map.entries(), change),
                        map.onNoMatch().map(change));
            case Matcher.Otherwise otherwise ->
                new Matcher.Otherwise(otherwise.onNoMatch().map(change));
            case Unmodelled unmodelled -> unmodelled;
        };
    }

    private static Map<String, OnMatch> entries(Map<String, OnMatch> entries, UnaryOperator<OnMatch> change) {
        Map<String, OnMatch> changed = new LinkedHashMap<>();
        entries.forEach((key, onMatch) -> changed.put(key, change.apply(onMatch)));
        return changed;
    }

    /** The matcher that asks nothing more. */
    static Matcher withoutOnNoMatch(Matcher matcher) {
        return switch (matcher) {
            case Matcher.FirstOf list -> new Matcher.FirstOf(list.entries(), Optional.empty());
            case Matcher.ExactMap map -> new Matcher.ExactMap(map.input(), map.entries(), Optional.empty());
            case Matcher.PrefixMap map -> new Matcher.PrefixMap(map.input(), map.entries(), Optional.empty());
            case Matcher.IpMap map -> new Matcher.IpMap(map.input(), map.entries(), Optional.empty());
            case Matcher.DomainMap map -> new Matcher.DomainMap(map.input(), map.entries(), Optional.empty());
            case Matcher.Otherwise otherwise -> new Matcher.Otherwise(Optional.empty());
            case Unmodelled unmodelled -> unmodelled;
        };
    }

    static <T> List<T> withoutFirst(List<T> list) {
        return list.subList(Math.min(1, list.size()), list.size());
    }
}
