package dev.writ.compiler.envoy.config;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decodes the matcher tree of an RBAC filter. What Envoy's validation refuses (empty maps and lists, empty names) is refused. */
final class MatcherDecoder {
    private final Decoding decoding;
    private final PredicateDecoder predicates;

    MatcherDecoder(Decoding decoding, RbacDecoder.Layer layer) {
        this.decoding = decoding;
        this.predicates = new PredicateDecoder(decoding, layer);
    }

    Matcher decode(com.github.xds.type.matcher.v3.Matcher matcher, String place) {
        Optional<OnMatch> onNoMatch = matcher.hasOnNoMatch()
                ? Optional.of(onMatch(matcher.getOnNoMatch(), place + ".on_no_match"))
                : Optional.empty();
        return switch (matcher.getMatcherTypeCase()) {
            case MATCHER_LIST -> list(matcher.getMatcherList(), onNoMatch, place + ".matcher_list");
            case MATCHER_TREE -> tree(matcher.getMatcherTree(), onNoMatch, place + ".matcher_tree");
            case MATCHERTYPE_NOT_SET -> new Matcher.Otherwise(onNoMatch);
        };
    }

    private Matcher list(
            com.github.xds.type.matcher.v3.Matcher.MatcherList list, Optional<OnMatch> onNoMatch, String place) {
        if (list.getMatchersCount() == 0) {
            return decoding.refuse(place, "an empty matcher list");
        }
        List<Matcher.Entry> entries = new ArrayList<>();
        for (var field : list.getMatchersList()) {
            String at = place + "[" + entries.size() + "]";
            entries.add(new Matcher.Entry(
                    predicates.decode(field.getPredicate(), at), onMatch(field.getOnMatch(), at + ".on_match")));
        }
        return new Matcher.FirstOf(entries, onNoMatch);
    }

    private Matcher tree(MatcherTree tree, Optional<OnMatch> onNoMatch, String place) {
        MatchInput input = predicates.input(tree.getInput(), place + ".input");
        return switch (tree.getTreeTypeCase()) {
            case EXACT_MATCH_MAP -> new Matcher.ExactMap(input, map(tree.getExactMatchMap(), place), onNoMatch);
            case PREFIX_MATCH_MAP -> new Matcher.PrefixMap(input, map(tree.getPrefixMatchMap(), place), onNoMatch);
            case CUSTOM_MATCH ->
                ListenerDecoder.notModelled(
                        "the matcher",
                        tree.getCustomMatch().getName(),
                        tree.getCustomMatch().getTypedConfig());
            case TREETYPE_NOT_SET -> decoding.refuse(place, "a matcher tree without a map");
        };
    }

    private Map<String, OnMatch> map(MatcherTree.MatchMap map, String place) {
        if (map.getMapCount() == 0) {
            decoding.refuse(place, "an empty map");
        }
        Map<String, OnMatch> entries = new LinkedHashMap<>();
        new TreeMap<>(map.getMapMap())
                .forEach((key, value) -> entries.put(key, onMatch(value, place + "[`" + key + "`]")));
        return entries;
    }

    private OnMatch onMatch(com.github.xds.type.matcher.v3.Matcher.OnMatch onMatch, String place) {
        return switch (onMatch.getOnMatchCase()) {
            case MATCHER -> new OnMatch.Nested(decode(onMatch.getMatcher(), place));
            case ACTION -> action(onMatch.getAction(), place);
            case ONMATCH_NOT_SET -> decoding.refuse(place, "neither an action nor a matcher");
        };
    }

    private OnMatch action(TypedExtensionConfig extension, String place) {
        Any config = extension.getTypedConfig();
        if (!config.is(Action.class)) {
            return ListenerDecoder.notModelled("the action", extension.getName(), config);
        }
        Optional<Action> action = decoding.unpack(config, Action.class, place);
        if (action.isEmpty()) {
            return new Unmodelled("a broken action");
        }
        String name = action.get().getName();
        if (name.isEmpty()) {
            return decoding.refuse(place, "an action without a name");
        }
        return switch (action.get().getAction()) {
            case ALLOW -> new OnMatch.Act(name, OnMatch.Effect.ALLOW);
            case DENY -> new OnMatch.Act(name, OnMatch.Effect.DENY);
            case LOG -> new OnMatch.Act(name, OnMatch.Effect.LOG);
            case UNRECOGNIZED -> decoding.refuse(place, "an action that is none of ALLOW, DENY, LOG");
        };
    }
}
