package dev.writ.compiler.envoy.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Two filter chains of a listener for the very same connections: Envoy refuses the second. */
final class ChainConflicts {
    /** Of a wrong config one finding is enough; of a huge one not all products are worth the memory. */
    private static final int LIMIT = 100_000;

    private ChainConflicts() {}

    static void refuse(List<FilterChain> chains, Decoding decoding, String place) {
        Map<List<Object>, Integer> seen = new HashMap<>();
        for (int i = 0; i < chains.size(); i++) {
            if (!(chains.get(i).match() instanceof ChainMatch.Of match) || seen.size() > LIMIT) {
                continue;
            }
            for (List<Object> key : keys(match)) {
                Integer first = seen.putIfAbsent(key, i);
                if (first != null && first != i) {
                    decoding.refuse(
                            place + ".filter_chains[" + i + "]",
                            "takes the same connections as `filter_chains[" + first + "]`");
                    break;
                }
            }
        }
    }

    /** One for each combination of what a chain names, as Envoy puts them into its maps. */
    private static List<List<Object>> keys(ChainMatch.Of match) {
        List<List<Object>> keys = List.of(List.of(match.destinationPort(), match.transport(), match.sourceType()));
        keys = times(keys, blocks(match.destinations()));
        keys = times(keys, match.serverNames());
        keys = times(keys, match.applicationProtocols());
        keys = times(keys, blocks(match.directSources()));
        keys = times(keys, blocks(match.sources()));
        return times(keys, match.sourcePorts());
    }

    private static List<List<Object>> times(List<List<Object>> keys, List<?> values) {
        List<List<Object>> product = new ArrayList<>();
        for (List<Object> key : keys) {
            for (Object value : values.isEmpty() ? List.of("") : values) {
                List<Object> longer = new ArrayList<>(key);
                longer.add(value);
                product.add(longer);
            }
        }
        return product;
    }

    private static List<Object> blocks(List<IpBlock> blocks) {
        return blocks.stream().map(ChainConflicts::network).collect(Collectors.toList());
    }

    /** The bits beyond the length do not count. */
    private static String network(IpBlock block) {
        byte[] bytes = block.address().getAddress();
        StringBuilder bits = new StringBuilder(bytes.length + ":");
        for (int i = 0; i < block.prefixLength(); i++) {
            bits.append(bytes[i / 8] >> (7 - i % 8) & 1);
        }
        return bits.toString();
    }
}
