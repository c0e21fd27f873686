package dev.writ.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.github.xds.type.matcher.v3.RegexMatcher;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.writ.compiler.envoy.ResolvedMatcher.CallCondition;
import dev.writ.compiler.envoy.ResolvedMatcher.CallerGlob;
import dev.writ.compiler.envoy.ResolvedMatcher.Entry;
import dev.writ.compiler.envoy.ResolvedMatcher.Every;
import dev.writ.compiler.envoy.ResolvedMatcher.Leaf;
import dev.writ.compiler.envoy.ResolvedMatcher.Negation;
import dev.writ.compiler.envoy.ResolvedMatcher.Outcome;
import dev.writ.compiler.envoy.ResolvedMatcher.Some;
import dev.writ.compiler.envoy.ResolvedMatcher.Test;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Admission.MutualTls;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Condition.Method;
import dev.writ.compiler.ir.Condition.Path;
import dev.writ.compiler.ir.Condition.PathPrefix;
import dev.writ.compiler.ir.Condition.Port;
import dev.writ.compiler.ir.Condition.Sni;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ServerNameInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Writes resolved verdicts as Envoy's matcher API has them: guard, leading list, exact map, prefix map, root. */
final class MatcherEmitter {
    /**
     * One well-formed SPIFFE ID and nothing else: not several URI SANs (which Envoy joins with commas), no dot segments, no
     * {@code %}, no trailing slash. The lengths of the specification are not in it.
     */
    static final String ONE_SPIFFE_ID =
            "spiffe://[a-z0-9._-]+(/([A-Za-z0-9_-]|\\.[A-Za-z0-9_-]|\\.\\.[A-Za-z0-9._-])[A-Za-z0-9._-]*)*";

    /** The URI SANs of the client certificate, joined with commas. */
    static final MatcherEmitter OF_URI_SAN =
            new MatcherEmitter(input("envoy.matching.inputs.uri_san", UriSanInput.getDefaultInstance()));

    private static final TypedExtensionConfig SERVER_NAME =
            input("envoy.matching.inputs.server_name", ServerNameInput.getDefaultInstance());
    private static final TypedExtensionConfig METHOD = header(":method");
    private static final TypedExtensionConfig PATH = header(":path");

    private final TypedExtensionConfig caller;

    /** @param caller where Envoy reads who calls; tests take a header, to judge thousands of callers on one connection */
    MatcherEmitter(TypedExtensionConfig caller) {
        this.caller = caller;
    }

    Matcher emit(ResolvedMatcher resolved) {
        Matcher tree = tree(resolved);
        MatcherList.Builder first = MatcherList.newBuilder();
        if (resolved.guard()) {
            Predicate oneSpiffeId = single(caller, regex(ONE_SPIFFE_ID));
            first.addMatchers(FieldMatcher.newBuilder()
                    .setPredicate(Predicate.newBuilder().setNotMatcher(oneSpiffeId))
                    .setOnMatch(onMatch(new Outcome(Action.DENY, MutualTls.GUARD_NAME))));
        }
        resolved.leading().forEach(entry -> first.addMatchers(fieldMatcher(entry)));
        return first.getMatchersCount() == 0
                ? tree
                : Matcher.newBuilder()
                        .setMatcherList(first)
                        .setOnNoMatch(OnMatch.newBuilder().setMatcher(tree))
                        .build();
    }

    /** Envoy refuses empty maps, so they are left out. */
    private Matcher tree(ResolvedMatcher resolved) {
        OnMatch root = onMatch(resolved.root());
        OnMatch next = root;
        if (!resolved.prefixes().isEmpty()) {
            MatcherTree.Builder prefixes =
                    MatcherTree.newBuilder().setInput(caller).setPrefixMatchMap(map(resolved.prefixes()));
            next = OnMatch.newBuilder()
                    .setMatcher(Matcher.newBuilder().setMatcherTree(prefixes).setOnNoMatch(next))
                    .build();
        }
        if (!resolved.exact().isEmpty()) {
            MatcherTree.Builder exact =
                    MatcherTree.newBuilder().setInput(caller).setExactMatchMap(map(resolved.exact()));
            next = OnMatch.newBuilder()
                    .setMatcher(Matcher.newBuilder().setMatcherTree(exact).setOnNoMatch(next))
                    .build();
        }
        return next.hasMatcher()
                ? next.getMatcher()
                : Matcher.newBuilder().setOnNoMatch(next).build();
    }

    private MatchMap map(SortedMap<String, Leaf> leaves) {
        MatchMap.Builder map = MatchMap.newBuilder();
        leaves.forEach((key, leaf) -> map.putMap(key, onMatch(leaf)));
        return map.build();
    }

    private OnMatch onMatch(Leaf leaf) {
        if (leaf.entries().isEmpty()) {
            return onMatch(leaf.otherwise());
        }
        MatcherList.Builder list = MatcherList.newBuilder();
        leaf.entries().forEach(entry -> list.addMatchers(fieldMatcher(entry)));
        return OnMatch.newBuilder()
                .setMatcher(Matcher.newBuilder().setMatcherList(list).setOnNoMatch(onMatch(leaf.otherwise())))
                .build();
    }

    private static OnMatch onMatch(Outcome outcome) {
        RBAC.Action action = switch (outcome.action()) {
            case ALLOW -> RBAC.Action.ALLOW;
            case DENY -> RBAC.Action.DENY;
        };
        return OnMatch.newBuilder()
                .setAction(input(
                        "envoy.filters.rbac.action",
                        io.envoyproxy.envoy.config.rbac.v3.Action.newBuilder()
                                .setName(outcome.name())
                                .setAction(action)
                                .build()))
                .build();
    }

    private FieldMatcher fieldMatcher(Entry entry) {
        return FieldMatcher.newBuilder()
                .setPredicate(predicate(entry.test()))
                .setOnMatch(onMatch(entry.outcome()))
                .build();
    }

    private Predicate predicate(Test test) {
        return switch (test) {
            case CallerGlob glob -> single(caller, regex(glob.pattern().regex()));
            case CallCondition call -> predicate(call.condition());
            case Every every ->
                Predicate.newBuilder().setAndMatcher(list(every.members())).build();
            case Some some ->
                Predicate.newBuilder().setOrMatcher(list(some.members())).build();
            case Negation not ->
                Predicate.newBuilder().setNotMatcher(predicate(not.member())).build();
        };
    }

    private Predicate.PredicateList list(List<Test> members) {
        return Predicate.PredicateList.newBuilder()
                .addAllPredicate(members.stream().map(this::predicate).toList())
                .build();
    }

    private static Predicate predicate(Condition condition) {
        return switch (condition) {
            case Port port -> throw new IllegalStateException("a port is decided while lowering");
            // Envoy's TLS inspector reads server names in lower case, as DNS compares them.
            case Sni sni ->
                single(
                        SERVER_NAME,
                        StringMatcher.newBuilder()
                                .setExact(sni.serverName().toLowerCase(Locale.ROOT))
                                .build());
            case Method method ->
                single(
                        METHOD,
                        regex(String.join(
                                "|",
                                method.methods().stream()
                                        .map(SegmentPattern::quote)
                                        .toList())));
            // The header `:path` holds the query too, which the path of a condition does not.
            case Path path -> single(PATH, regex(SegmentPattern.quote(path.path()) + "([?#].*)?"));
            case PathPrefix prefix ->
                single(
                        PATH,
                        StringMatcher.newBuilder().setPrefix(prefix.prefix()).build());
        };
    }

    private static Predicate single(TypedExtensionConfig input, StringMatcher matcher) {
        return Predicate.newBuilder()
                .setSinglePredicate(
                        Predicate.SinglePredicate.newBuilder().setInput(input).setValueMatch(matcher))
                .build();
    }

    /** A full match. Envoy refuses a regex that does not name its engine. */
    private static StringMatcher regex(String regex) {
        return StringMatcher.newBuilder()
                .setSafeRegex(RegexMatcher.newBuilder()
                        .setRegex(regex)
                        .setGoogleRe2(RegexMatcher.GoogleRE2.getDefaultInstance()))
                .build();
    }

    static TypedExtensionConfig header(String name) {
        return input(
                "envoy.matching.inputs.request_headers",
                HttpRequestHeaderMatchInput.newBuilder().setHeaderName(name).build());
    }

    private static TypedExtensionConfig input(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
