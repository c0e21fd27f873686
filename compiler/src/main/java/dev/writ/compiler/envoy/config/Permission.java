package dev.writ.compiler.envoy.config;

import java.util.List;

/** A permission of the classic RBAC rules: what is asked of the call itself. */
public sealed interface Permission
        permits Permission.Any, Permission.AnyOf, Permission.AllOf, Permission.Not, Unmodelled {

    record Any() implements Permission {}

    record AnyOf(List<Permission> members) implements Permission {
        public AnyOf {
            members = List.copyOf(members);
        }
    }

    record AllOf(List<Permission> members) implements Permission {
        public AllOf {
            members = List.copyOf(members);
        }
    }

    record Not(Permission member) implements Permission {}
}
