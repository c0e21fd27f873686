package dev.writ.compiler.envoy.kuma;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.PredicateList;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Condition.Sni;
import dev.writ.compiler.ir.Principal;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.ServerNameInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules as the matcher that Kuma makes of {@code rules} ({@code rbac_configurer.go}): one entry of the list for all matches that an
 * entry of a permission has for an action, with an {@code orMatcher} where they are several; a caller and a server name in one match
 * are an {@code andMatcher}.
 */
final class RbacMatcher {
    private static final TypedExtensionConfig URI_SAN =
            extension("envoy.matching.inputs.uri_san", UriSanInput.getDefaultInstance());
    private static final TypedExtensionConfig SERVER_NAME =
            extension("envoy.matching.inputs.server_name", ServerNameInput.getDefaultInstance());

    private RbacMatcher() {}

    static Matcher of(RuleList list) {
        Matcher.Builder matcher = Matcher.newBuilder().setOnNoMatch(onMatch(list.byDefault(), RuleList.DEFAULT_NAME));
        if (!list.rules().isEmpty()) {
            MatcherList.Builder entries = MatcherList.newBuilder();
            entries(list.rules()).forEach(rules -> entries.addMatchers(fieldMatcher(rules)));
            matcher.setMatcherList(entries);
        }
        return matcher.build();
    }

    /** Consecutive rules of one permission's entry and one action. */
    private static List<List<Rule>> entries(List<Rule> rules) {
        List<List<Rule>> entries = new ArrayList<>();
        Rule previous = null;
        for (Rule rule : rules) {
            if (previous == null || !isSameEntry(previous, rule)) {
                entries.add(new ArrayList<>());
            }
            entries.getLast().add(rule);
            previous = rule;
        }
        return entries;
    }

    private static boolean isSameEntry(Rule one, Rule other) {
        return one.action() == other.action()
                && one.origin().entry() == other.origin().entry()
                && one.origin().name().equals(other.origin().name())
                && one.origin().label().equals(other.origin().label());
    }

    private static FieldMatcher fieldMatcher(List<Rule> rules) {
        List<Predicate> predicates = rules.stream().map(RbacMatcher::predicate).toList();
        Predicate any = predicates.size() == 1
                ? predicates.getFirst()
                : Predicate.newBuilder().setOrMatcher(list(predicates)).build();
        Rule first = rules.getFirst();
        return FieldMatcher.newBuilder()
                .setPredicate(any)
                .setOnMatch(onMatch(first.action(), first.origin().name()))
                .build();
    }

    private static Predicate predicate(Rule rule) {
        List<Predicate> both = new ArrayList<>();
        switch (rule.principal()) {
            case Exact exact ->
                both.add(single(URI_SAN, StringMatcher.newBuilder().setExact(exact.value())));
            case Prefix prefix ->
                both.add(single(URI_SAN, StringMatcher.newBuilder().setPrefix(prefix.value())));
            case Always always -> {}
            case Principal.Segments segments -> throw unspeakable(rule);
            case Principal.SanEquals san -> throw unspeakable(rule);
            case Principal.AnyOf any -> throw unspeakable(rule);
            case Principal.AllOf all -> throw unspeakable(rule);
            case Principal.Not not -> throw unspeakable(rule);
        }
        for (Condition condition : rule.conditions()) {
            if (!(condition instanceof Sni sni)) {
                throw unspeakable(rule);
            }
            both.add(single(SERVER_NAME, StringMatcher.newBuilder().setExact(sni.serverName())));
        }
        return switch (both.size()) {
            // INVARIANT: a match without a condition makes the inbound's admission undecidable.
            case 0 -> throw unspeakable(rule);
            case 1 -> both.getFirst();
            default -> Predicate.newBuilder().setAndMatcher(list(both)).build();
        };
    }

    /** Kuma's permissions have no word for it, so that no rule of theirs can come to it. */
    private static IllegalStateException unspeakable(Rule rule) {
        return new IllegalStateException("a rule that no Kuma permission says: " + rule);
    }

    private static PredicateList list(List<Predicate> members) {
        return PredicateList.newBuilder().addAllPredicate(members).build();
    }

    private static Predicate single(TypedExtensionConfig input, StringMatcher.Builder matcher) {
        return Predicate.newBuilder()
                .setSinglePredicate(
                        Predicate.SinglePredicate.newBuilder().setInput(input).setValueMatch(matcher))
                .build();
    }

    private static OnMatch onMatch(Action action, String name) {
        RBAC.Action envoyAction = switch (action) {
            case ALLOW -> RBAC.Action.ALLOW;
            case DENY -> RBAC.Action.DENY;
        };
        return OnMatch.newBuilder()
                .setAction(extension(
                        "envoy.filters.rbac.action",
                        io.envoyproxy.envoy.config.rbac.v3.Action.newBuilder()
                                .setName(name)
                                .setAction(envoyAction)
                                .build()))
                .build();
    }

    private static TypedExtensionConfig extension(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
