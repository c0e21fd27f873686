package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import dev.writ.compiler.model.Target;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An allow that decides no call, because wherever it applies a deny is about all of its callers. A more specific allow does not
 * override a deny in {@code rules}, other than in the legacy {@code from}.
 */
final class DeadAllow implements Check {
    private final List<Applied> applied;
    private final boolean isRuleByRule;

    DeadAllow(List<Applied> applied, Target target) {
        this.applied = applied;
        this.isRuleByRule = DenyOrder.isRuleByRule(target);
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Set<Rule> alive = Collections.newSetFromMap(new IdentityHashMap<>());
        IdentityHashMap<Rule, RuleIndex.Placed> hidden = new IdentityHashMap<>();
        for (Applied one : applied) {
            RuleIndex denies = new RuleIndex();
            if (!isRuleByRule) {
                one.permissions().forEach(permission -> addDenies(permission, permission.rules(), denies));
            }
            for (Permission permission : one.permissions()) {
                for (List<Rule> entry : Applied.entries(permission)) {
                    if (isRuleByRule) {
                        addDenies(permission, entry, denies);
                    }
                    for (Rule rule : entry) {
                        if (rule.action() != Action.DENY) {
                            hiding(rule, denies)
                                    .ifPresentOrElse(deny -> hidden.putIfAbsent(rule, deny), () -> alive.add(rule));
                        }
                    }
                }
            }
        }
        for (Permission permission : mesh.permissions()) {
            for (Rule rule : permission.rules()) {
                RuleIndex.Placed deny = hidden.get(rule);
                if (deny != null && !alive.contains(rule)) {
                    sink.add(finding(rule, deny));
                }
            }
        }
    }

    private static void addDenies(Permission permission, List<Rule> rules, RuleIndex denies) {
        rules.stream().filter(rule -> rule.action() == Action.DENY).forEach(rule -> denies.add(permission, rule));
    }

    private static Optional<RuleIndex.Placed> hiding(Rule allow, RuleIndex denies) {
        return Callers.of(allow).flatMap(denies::including);
    }

    private static Diagnostic finding(Rule allow, RuleIndex.Placed deny) {
        return Diagnostic.of(
                        DiagnosticId.PERMISSION_DEAD_RULE,
                        allow.pattern(),
                        "this allow lets nobody in: a deny of `"
                                + deny.permission().qualifiedName() + "` is about all of its callers",
                        "no allow overrides a deny, however specific it is: narrow the deny")
                .withRelated(deny.rule().span(), "the deny");
    }
}
