package dev.writ.compiler.check;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Permission.Action;
import dev.writ.compiler.model.Permission.Rule;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * An {@code allowWithShadowDeny} beside an allow: Kuma's shadow matcher denies by default, so that calls which are plainly
 * allowed count as {@code shadow_denied} too (kumahq/kuma#8459, {@code rbac_configurer.go}). Its own calls cannot be told from
 * those in the counters. The target {@code envoy} has no such default, and Writ's own form of a rule is not for Kuma.
 */
final class ShadowNoise implements Check {
    private final List<Applied> applied;

    ShadowNoise(List<Applied> applied) {
        this.applied = applied;
    }

    @Override
    public void check(Mesh mesh, DiagnosticSink sink) {
        Set<Permission> reported = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Applied one : applied) {
            RuleIndex shadow = new RuleIndex();
            RuleIndex.Placed first = null;
            for (Permission permission : one.permissions()) {
                for (Rule rule : permission.rules()) {
                    if (rule.action() == Action.SHADOW_DENY && !OpenPrefix.isWrit(rule)) {
                        shadow.add(permission, rule);
                        first = first == null
                                ? Callers.of(rule)
                                        .map(callers -> new RuleIndex.Placed(permission, rule, callers))
                                        .orElse(null)
                                : first;
                    }
                }
            }
            if (first != null && reported.add(first.permission())) {
                report(one, first, shadow, sink);
            }
        }
    }

    private static void report(Applied applied, RuleIndex.Placed first, RuleIndex shadow, DiagnosticSink sink) {
        for (Permission permission : applied.permissions()) {
            for (Rule rule : permission.rules()) {
                if (rule.action() == Action.ALLOW
                        && Callers.of(rule)
                                .filter(callers -> shadow.including(callers).isEmpty())
                                .isPresent()) {
                    sink.add(Diagnostic.of(
                                    DiagnosticId.PERMISSION_SHADOW_NOISE,
                                    first.rule().span(),
                                    "because of this `allowWithShadowDeny` Kuma counts every other call to "
                                            + applied.places().getFirst().name() + " as `shadow_denied` too",
                                    "`rbac.shadow_denied` then says nothing of these callers alone: look for them in"
                                            + " the access log")
                            .withRelated(rule.span(), "the calls allowed here, for example"));
                    return;
                }
            }
        }
    }
}
