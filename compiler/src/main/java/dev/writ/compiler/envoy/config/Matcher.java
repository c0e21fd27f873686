package dev.writ.compiler.envoy.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of Envoy's unified matcher API ({@code xds.type.matcher.v3.Matcher}). */
public sealed interface Matcher
        permits Matcher.FirstOf,
                Matcher.ExactMap,
                Matcher.PrefixMap,
                Matcher.IpMap,
                Matcher.DomainMap,
                Matcher.Otherwise,
                Unmodelled {

    /** {@code matcher_list}: the first entry that holds and leads to an action. */
    record FirstOf(List<Entry> entries, Optional<OnMatch> onNoMatch) implements Matcher {
        public FirstOf {
            entries = List.copyOf(entries);
        }
    }

    record Entry(Predicate predicate, OnMatch onMatch) {}

    /** {@code matcher_tree} with an {@code exact_match_map}. */
    record ExactMap(MatchInput input, Map<String, OnMatch> entries, Optional<OnMatch> onNoMatch) implements Matcher {
        public ExactMap {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** {@code matcher_tree} with a {@code prefix_match_map}: the longest key that leads to an action. */
    record PrefixMap(MatchInput input, Map<String, OnMatch> entries, Optional<OnMatch> onNoMatch) implements Matcher {
        public PrefixMap {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** {@code xds.type.matcher.v3.IPMatcher}: the narrowest block that leads to an action. */
    record IpMap(MatchInput input, List<IpEntry> entries, Optional<OnMatch> onNoMatch) implements Matcher {
        public IpMap {
            entries = List.copyOf(entries);
        }
    }

    /** @param exclusive whether it is for no address that is in a narrower block of another entry */
    record IpEntry(List<IpBlock> blocks, OnMatch onMatch, boolean exclusive) {
        public IpEntry {
            blocks = List.copyOf(blocks);
        }
    }

    /** {@code xds.type.matcher.v3.ServerNameMatcher}: the domain itself, then {@code *.} of the nearest parent, then {@code *}. */
    record DomainMap(MatchInput input, Map<String, OnMatch> entries, Optional<OnMatch> onNoMatch) implements Matcher {
        public DomainMap {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** Neither list nor tree: nothing is asked. */
    record Otherwise(Optional<OnMatch> onNoMatch) implements Matcher {}
}
