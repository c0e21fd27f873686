package dev.writ.compiler.envoy.config;

import com.github.xds.type.matcher.v3.Matcher;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;

/**
 * Decodes RBAC filters, network or HTTP. Where both forms of a decision are there, Envoy takes the matcher. What these filters can
 * say besides does not decide: names of statistics, when a denied connection is closed.
 */
final class RbacDecoder {
    /** HTTP RBAC looks at headers; network RBAC refuses to. */
    enum Layer {
        /** No RBAC: a matcher chooses a filter chain. */
        LISTENER,
        NETWORK,
        HTTP
    }

    private final MatcherDecoder matchers;
    private final PolicyDecoder policies;

    RbacDecoder(Decoding decoding, Layer layer) {
        this.matchers = new MatcherDecoder(decoding, layer);
        this.policies = new PolicyDecoder(decoding, layer);
    }

    Rbac decode(io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC filter, String place) {
        return new Rbac(
                rules(filter.hasMatcher(), filter.getMatcher(), filter.hasRules(), filter.getRules(), place, ""),
                rules(
                        filter.hasShadowMatcher(),
                        filter.getShadowMatcher(),
                        filter.hasShadowRules(),
                        filter.getShadowRules(),
                        place,
                        "shadow_"));
    }

    Rbac decode(io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC filter, String place) {
        return new Rbac(
                rules(filter.hasMatcher(), filter.getMatcher(), filter.hasRules(), filter.getRules(), place, ""),
                rules(
                        filter.hasShadowMatcher(),
                        filter.getShadowMatcher(),
                        filter.hasShadowRules(),
                        filter.getShadowRules(),
                        place,
                        "shadow_"));
    }

    /** Bare rules, enforced. */
    Rbac decode(RBAC rules, String place) {
        return new Rbac(policies.decode(rules, place), new RbacRules.Absent());
    }

    /** A bare matcher, enforced. */
    Rbac decode(Matcher matcher, String place) {
        return new Rbac(new RbacRules.ByMatcher(matchers.decode(matcher, place)), new RbacRules.Absent());
    }

    private RbacRules rules(
            boolean hasMatcher, Matcher matcher, boolean hasRules, RBAC rules, String place, String prefix) {
        if (hasMatcher) {
            return new RbacRules.ByMatcher(matchers.decode(matcher, place + "." + prefix + "matcher"));
        }
        return hasRules ? policies.decode(rules, place + "." + prefix + "rules") : new RbacRules.Absent();
    }
}
