package dev.writ.compiler.ir;

import dev.writ.compiler.ir.FromMerge.Entry;
import dev.writ.compiler.ir.FromMerge.Merged;
import dev.writ.compiler.ir.InboundPolicy.Form;
import dev.writ.compiler.ir.Principal.AllOf;
import dev.writ.compiler.ir.Principal.Always;
import dev.writ.compiler.ir.Principal.Not;
import dev.writ.compiler.ir.Principal.SanEquals;
import dev.writ.compiler.ir.TagSubset.Tag;
import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.LegacyRule;
import dev.writ.compiler.model.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The legacy {@code from} (Kuma 2.12 to 2.14, {@code xds/legacy_rbac_configurer.go}). A client's tags are read from its certificate:
 * {@code spiffe://<mesh>/<service>} for {@code kuma.io/service}, {@code kuma://<tag>/<value>} for the others. Whoever is not allowed is
 * denied; a deny only takes clients out of what is allowed.
 */
record LegacyRules(String mesh) {
    /** What Envoy calls all of them. */
    static final String NAME = "MeshTrafficPermission";

    /** Kuma has no limit, and hangs. */
    static final int MAX_RULES = 100_000;

    /** No permission at all. */
    static final LoweredRules NONE =
            new LoweredRules(Form.PRINCIPALS, new RuleList(List.of(), Action.DENY), Optional.empty(), Optional.empty());

    /** What an entry sets: nothing, for one without an action. */
    record Setting(Optional<Permission.Action> action) {
        Setting under(Setting later) {
            return later.action().isPresent() ? later : this;
        }
    }

    /** An entry's place among the others. */
    record Placed(Permission permission, int index, LegacyRule rule) {
        Origin origin() {
            return new Origin(NAME, permission.qualifiedName(), index, rule.span());
        }
    }

    /** What the permissions come to; empty if they make too many rules. */
    Optional<LoweredRules> lower(List<Permission> permissions) {
        List<Placed> placed = new ArrayList<>();
        for (Permission permission : permissions) {
            for (int i = 0; i < permission.from().size(); i++) {
                placed.add(new Placed(permission, i, permission.from().get(i)));
            }
        }
        return new FromMerge<>(Setting::under, MAX_RULES)
                .rules(placed.stream().map(LegacyRules::entry).toList())
                .map(rules -> lowered(rules, placed));
    }

    private static Entry<Setting> entry(Placed placed) {
        LegacyRule rule = placed.rule();
        return new Entry<>(TagSubset.of(rule.tags()), new Setting(Optional.ofNullable(rule.action())));
    }

    /** What merged entries come to. */
    LoweredRules lowered(List<Merged<Setting>> merged, List<Placed> placed) {
        List<Rule> enforced = new ArrayList<>(rules(merged, placed, Permission.Action.ALLOW, Action.ALLOW));
        enforced.addAll(rules(merged, placed, Permission.Action.SHADOW_DENY, Action.ALLOW));
        List<Rule> shadow = rules(merged, placed, Permission.Action.SHADOW_DENY, Action.DENY);
        return new LoweredRules(
                Form.PRINCIPALS,
                new RuleList(enforced, Action.DENY),
                shadow.isEmpty() ? Optional.empty() : Optional.of(new RuleList(shadow, Action.ALLOW)),
                Optional.empty());
    }

    private List<Rule> rules(
            List<Merged<Setting>> merged, List<Placed> placed, Permission.Action setting, Action action) {
        return merged.stream()
                .filter(rule -> rule.conf().action().equals(Optional.of(setting)))
                .map(rule -> new Rule(action, principal(rule.clients()), List.of(), origin(rule, placed)))
                .toList();
    }

    /** The last entry that sets an action decided. */
    private static Origin origin(Merged<Setting> rule, List<Placed> placed) {
        return rule.entries().reversed().stream()
                .map(placed::get)
                .filter(entry -> entry.rule().action() != null)
                .findFirst()
                .orElseThrow()
                .origin();
    }

    private Principal principal(TagSubset clients) {
        List<Principal> members = clients.tags().stream().map(this::principal).toList();
        return switch (members.size()) {
            case 0 -> new Always();
            case 1 -> members.getFirst();
            default -> new AllOf(members);
        };
    }

    private Principal principal(Tag tag) {
        Principal san = new SanEquals(
                tag.key().equals(KumaLabels.SERVICE)
                        ? "spiffe://" + mesh + "/" + tag.value()
                        : "kuma://" + tag.key() + "/" + tag.value());
        return tag.not() ? new Not(san) : san;
    }
}
