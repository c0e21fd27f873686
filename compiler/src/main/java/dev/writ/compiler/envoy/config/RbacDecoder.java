package dev.writ.compiler.envoy.config;

import com.github.xds.type.matcher.v3.Matcher;

/** Decodes one of the two decisions of an RBAC filter, network or HTTP. */
final class RbacDecoder {
    /** HTTP RBAC looks at headers; network RBAC refuses to. */
    enum Layer {
        NETWORK,
        HTTP
    }

    private final MatcherDecoder matchers;

    RbacDecoder(Decoding decoding, Layer layer) {
        this.matchers = new MatcherDecoder(decoding, layer);
    }

    /** Where both are there, Envoy warns and takes the matcher. */
    RbacRules decode(boolean hasMatcher, Matcher matcher, boolean hasRules, String place) {
        if (hasMatcher) {
            return new RbacRules.ByMatcher(matchers.decode(matcher, place));
        }
        return hasRules ? new Unmodelled("the classic `rules` of RBAC are not modelled") : new RbacRules.Absent();
    }
}
