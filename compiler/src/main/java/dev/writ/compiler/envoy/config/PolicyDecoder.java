package dev.writ.compiler.envoy.config;

import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Decodes classic RBAC rules, as far as Kuma's legacy permissions use them. */
final class PolicyDecoder {
    private static final Set<String> MODELLED_IN_RULES = Set.of("action", "policies", "audit_logging_options");
    private static final Set<String> MODELLED_IN_POLICY = Set.of("permissions", "principals");

    private final Decoding decoding;
    private final TextMatcherDecoder texts;

    PolicyDecoder(Decoding decoding) {
        this.decoding = decoding;
        this.texts = new TextMatcherDecoder(decoding);
    }

    RbacRules decode(RBAC rules, String place) {
        Optional<Unmodelled> beyond = decoding.beyond(rules, MODELLED_IN_RULES);
        if (beyond.isPresent()) {
            return beyond.get();
        }
        List<RbacRules.Policy> policies = new ArrayList<>();
        for (var entry : new TreeMap<>(rules.getPoliciesMap()).entrySet()) {
            String at = place + ".policies[`" + entry.getKey() + "`]";
            beyond = decoding.beyond(entry.getValue(), MODELLED_IN_POLICY);
            if (beyond.isPresent()) {
                return beyond.get();
            }
            policies.add(policy(entry.getKey(), entry.getValue(), at));
        }
        return switch (rules.getAction()) {
            case ALLOW -> new RbacRules.ByPolicies(OnMatch.Effect.ALLOW, policies);
            case DENY -> new RbacRules.ByPolicies(OnMatch.Effect.DENY, policies);
            case LOG -> new RbacRules.ByPolicies(OnMatch.Effect.LOG, policies);
            case UNRECOGNIZED -> decoding.refuse(place, "an action that is none of ALLOW, DENY, LOG");
        };
    }

    private RbacRules.Policy policy(String name, Policy policy, String place) {
        return new RbacRules.Policy(
                name,
                members(policy.getPermissionsList(), place + ".permissions", this::permission),
                members(policy.getPrincipalsList(), place + ".principals", this::identifier));
    }

    private <M, T> List<T> members(List<M> messages, String place, BiFunction<M, String, T> decode) {
        if (messages.isEmpty()) {
            decoding.refuse(place, "an empty list");
        }
        List<T> members = new ArrayList<>();
        for (M message : messages) {
            members.add(decode.apply(message, place + "[" + members.size() + "]"));
        }
        return members;
    }

    private Permission permission(io.envoyproxy.envoy.config.rbac.v3.Permission permission, String place) {
        return switch (permission.getRuleCase()) {
            case ANY -> permission.getAny() ? new Permission.Any() : decoding.refuse(place, "`any` that is not true");
            case AND_RULES ->
                new Permission.AllOf(
                        members(permission.getAndRules().getRulesList(), place + ".and_rules", this::permission));
            case OR_RULES ->
                new Permission.AnyOf(
                        members(permission.getOrRules().getRulesList(), place + ".or_rules", this::permission));
            case NOT_RULE -> new Permission.Not(permission(permission.getNotRule(), place + ".not_rule"));
            case RULE_NOT_SET -> decoding.refuse(place, "a permission that asks nothing");
            default -> new Unmodelled("the permission `" + name(permission.getRuleCase()) + "` is not modelled");
        };
    }

    private Identifier identifier(Principal principal, String place) {
        return switch (principal.getIdentifierCase()) {
            case ANY -> principal.getAny() ? new Identifier.Any() : decoding.refuse(place, "`any` that is not true");
            case AND_IDS ->
                new Identifier.AllOf(members(principal.getAndIds().getIdsList(), place + ".and_ids", this::identifier));
            case OR_IDS ->
                new Identifier.AnyOf(members(principal.getOrIds().getIdsList(), place + ".or_ids", this::identifier));
            case NOT_ID -> new Identifier.Not(identifier(principal.getNotId(), place + ".not_id"));
            case AUTHENTICATED ->
                new Identifier.Authenticated(
                        principal.getAuthenticated().hasPrincipalName()
                                ? Optional.of(texts.decode(
                                        principal.getAuthenticated().getPrincipalName(),
                                        place + ".authenticated.principal_name"))
                                : Optional.empty());
            case IDENTIFIER_NOT_SET -> decoding.refuse(place, "a principal that asks nothing");
            default -> new Unmodelled("the principal `" + name(principal.getIdentifierCase()) + "` is not modelled");
        };
    }

    private static String name(Enum<?> field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}
