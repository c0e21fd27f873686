package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import java.util.Locale;
import java.util.Optional;

/** Decodes which connections a filter chain is for. */
final class ChainMatchDecoder {
    private final Decoding decoding;
    private final IpBlockDecoder blocks;

    ChainMatchDecoder(Decoding decoding) {
        this.decoding = decoding;
        this.blocks = new IpBlockDecoder(decoding);
    }

    /** Where a matcher chooses the chain Envoy takes no notice of the rest. */
    ChainMatch ignored(FilterChainMatch match, String place) {
        return isImplemented(match) ? ChainMatch.ANY : notImplemented(place);
    }

    private static boolean isImplemented(FilterChainMatch match) {
        return match.getAddressSuffix().isEmpty() && !match.hasSuffixLen();
    }

    private Unmodelled notImplemented(String place) {
        return decoding.refuse(place, "`address_suffix` and `suffix_len` are not implemented");
    }

    ChainMatch decode(FilterChainMatch match, String place) {
        if (!isImplemented(match)) {
            return notImplemented(place);
        }
        for (int i = 0; i < match.getServerNamesCount(); i++) {
            String name = match.getServerNames(i);
            if (name.contains("*") && (!name.startsWith("*.") || name.indexOf('*', 1) > 0)) {
                decoding.refuse(
                        place + ".server_names[" + i + "]",
                        "`" + name + "` has a wildcard that is not its whole first label");
            }
        }
        return new ChainMatch.Of(
                match.hasDestinationPort()
                        ? Optional.of(match.getDestinationPort().getValue())
                        : Optional.empty(),
                blocks.decode(match.getPrefixRangesList(), place + ".prefix_ranges"),
                match.getServerNamesList().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                Optional.of(match.getTransportProtocol()).filter(name -> !name.isEmpty()),
                match.getApplicationProtocolsList(),
                blocks.decode(match.getDirectSourcePrefixRangesList(), place + ".direct_source_prefix_ranges"),
                switch (match.getSourceType()) {
                    case SAME_IP_OR_LOOPBACK -> ChainMatch.SourceType.SAME_IP_OR_LOOPBACK;
                    case EXTERNAL -> ChainMatch.SourceType.EXTERNAL;
                    case ANY, UNRECOGNIZED -> ChainMatch.SourceType.ANY;
                },
                blocks.decode(match.getSourcePrefixRangesList(), place + ".source_prefix_ranges"),
                match.getSourcePortsList());
    }
}
