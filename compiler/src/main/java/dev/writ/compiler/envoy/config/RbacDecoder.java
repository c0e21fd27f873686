package dev.writ.compiler.envoy.config;

import com.github.xds.type.matcher.v3.Matcher;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;

/** Decodes one of the two decisions of an RBAC filter, network or HTTP. Where both forms are there, Envoy takes the matcher. */
final class RbacDecoder {
    /** HTTP RBAC looks at headers; network RBAC refuses to. */
    enum Layer {
        NETWORK,
        HTTP
    }

    private final MatcherDecoder matchers;
    private final PolicyDecoder policies;

    RbacDecoder(Decoding decoding, Layer layer) {
        this.matchers = new MatcherDecoder(decoding, layer);
        this.policies = new PolicyDecoder(decoding);
    }

    RbacRules decode(Matcher matcher, String place) {
        return new RbacRules.ByMatcher(matchers.decode(matcher, place));
    }

    RbacRules decode(boolean present, RBAC rules, String place) {
        return present ? policies.decode(rules, place) : new RbacRules.Absent();
    }
}
