package dev.writ.runtime.judge;

import dev.writ.compiler.envoy.config.Identifier;
import dev.writ.compiler.envoy.config.OnMatch.Effect;
import dev.writ.compiler.envoy.config.Permission;
import dev.writ.compiler.envoy.config.RbacRules.ByPolicies;
import dev.writ.compiler.envoy.config.RbacRules.Policy;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.List;
import java.util.function.Function;

/**
 * Evaluates classic RBAC rules as Envoy does (tried on 1.40.0): the first policy that matches, by name, decides. Unlike in a
 * matcher nothing stops the evaluation; on a connection without TLS {@code authenticated} is false, and its negation true.
 */
final class PolicyEvaluator {
    /** What decides where no policy matches. Envoy says {@code none}; the other form of rules names it so. */
    private static final String DEFAULT = "default";

    private final Connection connection;

    PolicyEvaluator(Connection connection) {
        this.connection = connection;
    }

    MatchOutcome evaluate(ByPolicies rules) {
        for (Policy policy : rules.policies()) {
            switch (matches(policy)) {
                case Truth.Yes yes -> {
                    return new MatchOutcome.Decided(policy.name(), rules.action());
                }
                case Truth.No no -> {}
                case Truth.Unknown unknown -> {
                    return new MatchOutcome.Unknown(unknown.reason());
                }
                case Truth.Stopped stopped -> throw new IllegalStateException("classic rules go on");
            }
        }
        return new MatchOutcome.Decided(DEFAULT, rules.action() == Effect.ALLOW ? Effect.DENY : Effect.ALLOW);
    }

    private Truth matches(Policy policy) {
        return all(List.of(any(policy.permissions(), this::holds), any(policy.principals(), this::is)));
    }

    private Truth holds(Permission permission) {
        return switch (permission) {
            case Permission.Any any -> Truth.YES;
            case Permission.AnyOf any -> any(any.members(), this::holds);
            case Permission.AllOf all ->
                all(all.members().stream().map(this::holds).toList());
            case Permission.Not not -> not(holds(not.member()));
            case Unmodelled unmodelled -> new Truth.Unknown(unmodelled.reason());
        };
    }

    private Truth is(Identifier identifier) {
        return switch (identifier) {
            case Identifier.Any any -> Truth.YES;
            case Identifier.AnyOf any -> any(any.members(), this::is);
            case Identifier.AllOf all ->
                all(all.members().stream().map(this::is).toList());
            case Identifier.Not not -> not(is(not.member()));
            case Identifier.Authenticated authenticated ->
                connection.tls() ? authenticated.name().map(this::hasName).orElse(Truth.YES) : Truth.NO;
            case Unmodelled unmodelled -> new Truth.Unknown(unmodelled.reason());
        };
    }

    /** The callers that Writ judges have no DNS SAN, and an empty subject. */
    private Truth hasName(TextMatcher matcher) {
        Truth bySan = any(connection.uriSans(), san -> TextMatching.matches(matcher, san));
        return bySan instanceof Truth.No ? TextMatching.matches(matcher, "") : bySan;
    }

    private static <T> Truth any(List<T> members, Function<T, Truth> asked) {
        return not(all(members.stream().map(member -> not(asked.apply(member))).toList()));
    }

    /** No is certain where one is; otherwise an unknown leaves it open. */
    private static Truth all(List<Truth> truths) {
        if (truths.contains(Truth.NO)) {
            return Truth.NO;
        }
        return truths.stream()
                .filter(Truth.Unknown.class::isInstance)
                .findFirst()
                .orElse(Truth.YES);
    }

    private static Truth not(Truth truth) {
        return switch (truth) {
            case Truth.Yes yes -> Truth.NO;
            case Truth.No no -> Truth.YES;
            case Truth.Stopped stopped -> stopped;
            case Truth.Unknown unknown -> unknown;
        };
    }
}
