package dev.writ.compiler.envoy.config;

import dev.writ.compiler.envoy.config.ClientValidation.SanKind;
import dev.writ.compiler.envoy.config.ClientValidation.SanMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import java.util.List;

/** Decodes matchers on subject alternative names. */
final class SanMatcherDecoder {
    private final TextMatcherDecoder texts;

    SanMatcherDecoder(Decoding decoding) {
        this.texts = new TextMatcherDecoder(decoding);
    }

    List<SanMatcher> decode(List<SubjectAltNameMatcher> matchers, String place) {
        return PolicyDecoder.members(matchers, place, this::decode);
    }

    SanMatcher decode(SubjectAltNameMatcher matcher, String place) {
        SanKind kind = switch (matcher.getSanType()) {
            case URI -> SanKind.URI;
            case DNS -> SanKind.DNS;
            case EMAIL -> SanKind.EMAIL;
            case IP_ADDRESS -> SanKind.IP_ADDRESS;
            // A kind that is not said is refused by Envoy's own rules.
            case OTHER_NAME, SAN_TYPE_UNSPECIFIED, UNRECOGNIZED -> SanKind.OTHER_NAME;
        };
        return new SanMatcher(kind, texts.decode(matcher.getMatcher(), place + ".matcher"));
    }
}
