package dev.writ.compiler.ir;

import dev.writ.compiler.ir.Condition.Sni;
import dev.writ.compiler.model.CallerPattern.NoPattern;
import dev.writ.compiler.model.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The matches of a permission as rules.
 *
 * @param entries its {@code rules[]}, in order; those without a match are left out
 * @param emptyMatch its first match without a condition
 */
record PermissionRules(List<Entry> entries, Optional<Permission.Rule> emptyMatch) {

    /**
     * One {@code rules[]} entry: each list in the order of the file.
     *
     * @param shadowDeny as enforced: these callers are allowed
     * @param shadow the same as reported: they would be denied
     */
    record Entry(List<Rule> deny, List<Rule> shadowDeny, List<Rule> shadow, List<Rule> allow) {
        private Entry() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** @param name what the target's config calls a rule of the permission */
    static PermissionRules of(Permission permission, Function<Permission.Rule, String> name) {
        List<Entry> entries = new ArrayList<>();
        Optional<Permission.Rule> emptyMatch = Optional.empty();
        int current = -1;
        for (Permission.Rule match : permission.rules()) {
            if (match.callers() instanceof NoPattern) {
                emptyMatch = emptyMatch.or(() -> Optional.of(match));
                continue;
            }
            if (match.entry() != current || entries.isEmpty()) {
                current = match.entry();
                entries.add(new Entry());
            }
            add(
                    match,
                    new Origin(name.apply(match), permission.qualifiedName(), match.entry(), match.span()),
                    entries.getLast());
        }
        return new PermissionRules(entries, emptyMatch);
    }

    private static void add(Permission.Rule match, Origin origin, Entry entry) {
        Principal callers = CallerPrincipal.of(match.callers());
        List<Condition> conditions = conditions(match);
        switch (match.action()) {
            case DENY -> entry.deny().add(new Rule(Action.DENY, callers, conditions, origin));
            case SHADOW_DENY -> {
                entry.shadowDeny().add(new Rule(Action.ALLOW, callers, conditions, origin));
                entry.shadow().add(new Rule(Action.DENY, callers, conditions, origin));
            }
            case ALLOW -> entry.allow().add(new Rule(Action.ALLOW, callers, conditions, origin));
        }
    }

    private static List<Condition> conditions(Permission.Rule match) {
        List<Condition> conditions = new ArrayList<>();
        if (match.serverName() != null) {
            conditions.add(new Sni(match.serverName()));
        }
        Permission.HttpCalls http = match.http();
        if (http != null && !http.methods().isEmpty()) {
            conditions.add(new Condition.Method(http.methods()));
        }
        if (http != null && http.path() != null) {
            conditions.add(http.below() ? new Condition.PathPrefix(http.path()) : new Condition.Path(http.path()));
        }
        return conditions;
    }
}
