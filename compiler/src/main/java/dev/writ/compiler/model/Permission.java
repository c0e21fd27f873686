package dev.writ.compiler.model;

import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.syntax.TargetRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A MeshTrafficPermission, or a permission of a feature, with its rules.
 *
 * @param namespace where the resource stands; null for a permission of a feature
 * @param ownNamespaceOnly the namespace whose workloads alone it applies to (Kuma's role {@code workload-owner}); null for
 *     one that applies mesh-wide (a resource of the system namespace, a permission of a feature)
 * @param zone the zone it comes from, in which a dataplane that it names is looked for; empty for the global control plane, null
 *     for any
 * @param rules in the order of the file
 * @param from the legacy rules (Kuma up to 2.14), in the order of the file
 * @param kri Kuma's resource identifier, for example {@code kri_mtp_default_default_shop_mtp_}: what Kuma's config calls it
 */
public record Permission(
        String name,
        @Nullable String namespace,
        @Nullable String ownNamespaceOnly,
        @Nullable String zone,
        TargetRef target,
        List<Rule> rules,
        List<LegacyRule> from,
        String kri,
        SourceSpan span) {

    public enum Action {
        DENY,
        SHADOW_DENY,
        ALLOW
    }

    /**
     * One match of a rule.
     *
     * @param entry the index of the {@code rules[]} entry it stands in
     * @param serverName the SNI that the call must ask for; null for any
     * @param pattern the SPIFFE ID, prefix or pattern in it: what a finding about the callers underlines
     */
    public record Rule(
            Action action,
            CallerPattern callers,
            @Nullable String serverName,
            int entry,
            SourceSpan span,
            SourceSpan pattern) {

        /** One for any server name. */
        public Rule(Action action, CallerPattern callers, int entry, SourceSpan span, SourceSpan pattern) {
            this(action, callers, null, entry, span, pattern);
        }
    }

    /** One of any zone. */
    public Permission(
            String name,
            @Nullable String namespace,
            @Nullable String ownNamespaceOnly,
            TargetRef target,
            List<Rule> rules,
            List<LegacyRule> from,
            String kri,
            SourceSpan span) {
        this(name, namespace, ownNamespaceOnly, null, target, rules, from, kri, span);
    }

    public Permission {
        rules = List.copyOf(rules);
        from = List.copyOf(from);
    }

    /** {@code namespace/name}: what the emitted config calls it; just the name where there is no namespace. */
    public String qualifiedName() {
        return namespace == null ? name : namespace + "/" + name;
    }
}
