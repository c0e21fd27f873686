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
     * A condition on the HTTP request.
     *
     * @param methods empty: any
     * @param path without query and fragment; null: any
     * @param below whether the path begins like this, in place of being this
     */
    public record HttpCalls(List<String> methods, @Nullable String path, boolean below) {
        public HttpCalls {
            methods = List.copyOf(methods);
        }
    }

    /**
     * One match of a rule.
     *
     * @param http null for any call
     * @param serverName the SNI that the call must ask for; null for any
     * @param because why its author wrote it; null where the author did not say
     * @param entry the index of the {@code rules[]} entry it stands in
     * @param pattern the SPIFFE ID, prefix or pattern in it: what a finding about the callers underlines
     */
    public record Rule(
            Action action,
            CallerPattern callers,
            @Nullable HttpCalls http,
            @Nullable String serverName,
            @Nullable String because,
            int entry,
            SourceSpan span,
            SourceSpan pattern) {

        /** One of Kuma's, which have neither HTTP conditions nor reasons. */
        public Rule(
                Action action,
                CallerPattern callers,
                @Nullable String serverName,
                int entry,
                SourceSpan span,
                SourceSpan pattern) {
            this(action, callers, null, serverName, null, entry, span, pattern);
        }

        /** One for any server name. */
        public Rule(Action action, CallerPattern callers, int entry, SourceSpan span, SourceSpan pattern) {
            this(action, callers, null, entry, span, pattern);
        }

        /** The same about these callers, which a finding underlines there. */
        Rule of(CallerPattern others, SourceSpan place) {
            return new Rule(action, others, http, serverName, because, entry, span, place);
        }

        /** The same about these callers. */
        public Rule withCallers(CallerPattern others) {
            return new Rule(action, others, http, serverName, because, entry, span, pattern);
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

    /** The same with these rules. */
    public Permission withRules(List<Rule> others) {
        return new Permission(name, namespace, ownNamespaceOnly, zone, target, others, from, kri, span);
    }

    /** {@code namespace/name}: what the emitted config calls it; just the name where there is no namespace. */
    public String qualifiedName() {
        return namespace == null ? name : namespace + "/" + name;
    }
}
