package dev.writ.compiler.envoy.kuma;

import dev.writ.compiler.ir.Action;
import dev.writ.compiler.ir.Principal.AllOf;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.AnyOf;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Not;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Principal.SanEquals;
import dev.writ.compiler.ir.Principal.Segments;
import dev.writ.compiler.ir.Rule;
import dev.writ.compiler.ir.RuleList;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.Principal.Authenticated;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules as the classic {@code rules} that Kuma makes of {@code from} ({@code legacy_rbac_configurer.go}): one policy for all of them,
 * and none where there are no principals, which allows nobody.
 */
final class RbacPrincipals {
    private RbacPrincipals() {}

    /** Rules of one action, whose default is the other one. */
    static RBAC of(RuleList list) {
        RBAC.Builder rbac = RBAC.newBuilder()
                .setAction(
                        switch (list.byDefault()) {
                            case DENY -> RBAC.Action.ALLOW;
                            case ALLOW -> RBAC.Action.DENY;
                        });
        Map<String, Policy.Builder> policies = new LinkedHashMap<>();
        for (Rule rule : list.rules()) {
            requireOther(rule.action(), list.byDefault());
            policies.computeIfAbsent(rule.origin().name(), RbacPrincipals::everything)
                    .addPrincipals(principal(rule.principal()));
        }
        policies.forEach((name, policy) -> rbac.putPolicies(name, policy.build()));
        return rbac.build();
    }

    /** A policy for every kind of call, and as yet for nobody. */
    private static Policy.Builder everything(String name) {
        return Policy.newBuilder().addPermissions(Permission.newBuilder().setAny(true));
    }

    private static void requireOther(Action action, Action byDefault) {
        if (action == byDefault) {
            throw new IllegalStateException("classic rules have one action: " + action);
        }
    }

    private static Principal principal(dev.writ.compiler.ir.Principal principal) {
        return switch (principal) {
            case Always always -> Principal.newBuilder().setAny(true).build();
            case SanEquals san ->
                Principal.newBuilder()
                        .setAuthenticated(Authenticated.newBuilder()
                                .setPrincipalName(StringMatcher.newBuilder().setExact(san.value())))
                        .build();
            case Not not ->
                Principal.newBuilder().setNotId(principal(not.member())).build();
            case AllOf all ->
                Principal.newBuilder().setAndIds(set(all.members())).build();
            case AnyOf any ->
                Principal.newBuilder().setOrIds(set(any.members())).build();
            // INVARIANT: of strings of joined SANs only matchers speak.
            case Exact exact -> throw new IllegalStateException("joined SANs among single ones: " + exact);
            case Prefix prefix -> throw new IllegalStateException("joined SANs among single ones: " + prefix);
            case Segments segments -> throw new IllegalStateException("joined SANs among single ones: " + segments);
        };
    }

    private static Principal.Set set(List<dev.writ.compiler.ir.Principal> members) {
        return Principal.Set.newBuilder()
                .addAllIds(members.stream().map(RbacPrincipals::principal).toList())
                .build();
    }
}
