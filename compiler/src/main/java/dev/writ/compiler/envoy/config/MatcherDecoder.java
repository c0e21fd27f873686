package dev.writ.compiler.envoy.config;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.ServerNameMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decodes the matcher tree of an RBAC filter, or of a listener that chooses its filter chain by one. */
final class MatcherDecoder {
    private final Decoding decoding;
    private final RbacDecoder.Layer layer;
    private final PredicateDecoder predicates;
    private final IpBlockDecoder blocks;

    MatcherDecoder(Decoding decoding, RbacDecoder.Layer layer) {
        this.decoding = decoding;
        this.layer = layer;
        this.predicates = new PredicateDecoder(decoding, layer);
        this.blocks = new IpBlockDecoder(decoding);
    }

    Matcher decode(com.github.xds.type.matcher.v3.Matcher matcher, String place) {
        Optional<OnMatch> onNoMatch = matcher.hasOnNoMatch()
                ? Optional.of(onMatch(matcher.getOnNoMatch(), place + ".on_no_match"))
                : Optional.empty();
        return switch (matcher.getMatcherTypeCase()) {
            case MATCHER_LIST -> list(matcher.getMatcherList(), onNoMatch, place + ".matcher_list.matchers");
            case MATCHER_TREE -> tree(matcher.getMatcherTree(), onNoMatch, place + ".matcher_tree");
            case MATCHERTYPE_NOT_SET -> new Matcher.Otherwise(onNoMatch);
        };
    }

    private Matcher list(
            com.github.xds.type.matcher.v3.Matcher.MatcherList list, Optional<OnMatch> onNoMatch, String place) {
        List<Matcher.Entry> entries = new ArrayList<>();
        for (var field : list.getMatchersList()) {
            String at = place + "[" + entries.size() + "]";
            entries.add(new Matcher.Entry(
                    predicates.decode(field.getPredicate(), at + ".predicate"),
                    onMatch(field.getOnMatch(), at + ".on_match")));
        }
        return new Matcher.FirstOf(entries, onNoMatch);
    }

    private Matcher tree(MatcherTree tree, Optional<OnMatch> onNoMatch, String place) {
        MatchInput input = predicates.input(tree.getInput(), place + ".input");
        return switch (tree.getTreeTypeCase()) {
            case EXACT_MATCH_MAP ->
                new Matcher.ExactMap(input, map(tree.getExactMatchMap(), place + ".exact_match_map.map"), onNoMatch);
            case PREFIX_MATCH_MAP ->
                new Matcher.PrefixMap(input, map(tree.getPrefixMatchMap(), place + ".prefix_match_map.map"), onNoMatch);
            case CUSTOM_MATCH -> custom(input, tree.getCustomMatch(), onNoMatch, place + ".custom_match");
            case TREETYPE_NOT_SET -> decoding.unmodelled(place, "a matcher tree without a map");
        };
    }

    private Matcher custom(
            MatchInput input, TypedExtensionConfig extension, Optional<OnMatch> onNoMatch, String place) {
        Any config = extension.getTypedConfig();
        if (config.is(IPMatcher.class)) {
            return decoding.unpack(config, IPMatcher.class, place)
                    .<Matcher>map(matcher -> new Matcher.IpMap(input, ranges(matcher, place), onNoMatch))
                    .orElseGet(() -> new Unmodelled("a broken matcher of IP addresses"));
        }
        if (config.is(ServerNameMatcher.class)) {
            return decoding.unpack(config, ServerNameMatcher.class, place)
                    .<Matcher>map(matcher -> new Matcher.DomainMap(input, domains(matcher, place), onNoMatch))
                    .orElseGet(() -> new Unmodelled("a broken matcher of domains"));
        }
        return decoding.notModelled("the matcher", extension.getName(), config, place);
    }

    private List<Matcher.IpEntry> ranges(IPMatcher matcher, String place) {
        List<Matcher.IpEntry> entries = new ArrayList<>();
        for (IPMatcher.IPRangeMatcher range : matcher.getRangeMatchersList()) {
            String at = place + ".range_matchers[" + entries.size() + "]";
            List<IpBlock> ranges = new ArrayList<>();
            range.getRangesList()
                    .forEach(block -> blocks.decode(
                                    block.getAddressPrefix(),
                                    block.getPrefixLen().getValue(),
                                    at + ".ranges[" + ranges.size() + "]")
                            .ifPresent(ranges::add));
            entries.add(
                    new Matcher.IpEntry(ranges, onMatch(range.getOnMatch(), at + ".on_match"), range.getExclusive()));
        }
        return entries;
    }

    private Map<String, OnMatch> domains(ServerNameMatcher matcher, String place) {
        Map<String, OnMatch> entries = new LinkedHashMap<>();
        int index = 0;
        for (ServerNameMatcher.DomainMatcher entry : matcher.getDomainMatchersList()) {
            String at = place + ".domain_matchers[" + index++ + "]";
            OnMatch onMatch = onMatch(entry.getOnMatch(), at + ".on_match");
            for (String domain : entry.getDomainsList()) {
                if (domain.indexOf('*', 1) > 0
                        || domain.startsWith("*") && domain.length() > 1 && domain.charAt(1) != '.') {
                    decoding.refuse(at + ".domains", "`" + domain + "` has a wildcard that is not its first label");
                } else if (entries.putIfAbsent(domain, onMatch) != null) {
                    decoding.refuse(at + ".domains", "`" + domain + "` is given twice");
                }
            }
        }
        return entries;
    }

    private Map<String, OnMatch> map(MatcherTree.MatchMap map, String place) {
        Map<String, OnMatch> entries = new LinkedHashMap<>();
        new TreeMap<>(map.getMapMap())
                .forEach((key, value) -> entries.put(key, onMatch(value, place + "[`" + key + "`]")));
        return entries;
    }

    private OnMatch onMatch(com.github.xds.type.matcher.v3.Matcher.OnMatch onMatch, String place) {
        return switch (onMatch.getOnMatchCase()) {
            case MATCHER -> new OnMatch.Nested(decode(onMatch.getMatcher(), place + ".matcher"));
            case ACTION ->
                layer == RbacDecoder.Layer.LISTENER
                        ? take(onMatch.getAction(), place + ".action")
                        : action(onMatch.getAction(), place + ".action");
            case ONMATCH_NOT_SET -> decoding.unmodelled(place, "neither an action nor a matcher");
        };
    }

    private OnMatch take(TypedExtensionConfig extension, String place) {
        Any config = extension.getTypedConfig();
        if (!config.is(StringValue.class)) {
            return decoding.refuse(place, "the name of a filter chain is a `google.protobuf.StringValue`");
        }
        return decoding.unpack(config, StringValue.class, place)
                .<OnMatch>map(name -> new OnMatch.Take(name.getValue()))
                .orElseGet(() -> new Unmodelled("a broken action"));
    }

    private OnMatch action(TypedExtensionConfig extension, String place) {
        Any config = extension.getTypedConfig();
        if (!config.is(Action.class)) {
            return decoding.refuse(place, "an action of RBAC is `envoy.config.rbac.v3.Action`");
        }
        Optional<Action> action = decoding.unpack(config, Action.class, place);
        if (action.isEmpty()) {
            return new Unmodelled("a broken action");
        }
        String name = action.get().getName();
        return switch (action.get().getAction()) {
            case ALLOW -> new OnMatch.Act(name, OnMatch.Effect.ALLOW);
            case DENY -> new OnMatch.Act(name, OnMatch.Effect.DENY);
            case LOG -> new OnMatch.Act(name, OnMatch.Effect.LOG);
            case UNRECOGNIZED -> decoding.refuse(place + ".action", "must be one of ALLOW, DENY, LOG");
        };
    }
}
