package dev.writ.compiler.model;

import dev.writ.compiler.model.Workload.Doubt;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Expression;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import dev.writ.compiler.syntax.SpiffeTemplate.NumberLiteral;
import dev.writ.compiler.syntax.SpiffeTemplate.StringLiteral;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * Finds the workloads of which a permission or an identity may select some pods and not others: because their labels differ (a
 * roll-out under way), or because it names a pod and the manifest of a controller cannot tell what its pods are named. Such a
 * workload has no single answer.
 */
final class PartialSelection {
    /** What a selector asks for, and what to call it. */
    private record Selector(Map<String, String> required, String name) {}

    private final List<Selector> selectors = new ArrayList<>();
    private final List<Selector> byPodName = new ArrayList<>();
    private final Set<String> readByTemplates = new HashSet<>();

    /** @param permissions those of one mesh, as are the identities */
    PartialSelection(List<Permission> permissions, List<BoundIdentity> identities) {
        for (Permission permission : permissions) {
            Map<String, String> required = PermissionSelection.required(permission);
            if (required != null) {
                add(new Selector(required, "permission `" + permission.qualifiedName() + "`"));
            }
        }
        for (BoundIdentity identity : identities) {
            Map<String, String> required = identity.required();
            if (required != null) {
                add(new Selector(required, "MeshIdentity `" + identity.name() + "`"));
            }
            addLabels(identity.trustDomainTemplate());
            addLabels(identity.pathTemplate());
        }
    }

    private void add(Selector selector) {
        selectors.add(selector);
        if (selector.required().containsKey(KumaLabels.DISPLAY_NAME)) {
            byPodName.add(selector);
        }
    }

    private void addLabels(SpiffeTemplate template) {
        template.expressions().forEach(expression -> {
            String label = labelReadBy(expression);
            if (!label.isEmpty()) {
                readByTemplates.add(label);
            }
        });
    }

    private static String labelReadBy(Expression expression) {
        return switch (expression) {
            case Field field ->
                switch (field.name()) {
                    case "Namespace" -> KumaLabels.NAMESPACE;
                    case "ServiceAccount" -> KumaLabels.SERVICE_ACCOUNT;
                    case "Workload" -> KumaLabels.WORKLOAD;
                    default -> "";
                };
            case Call call ->
                call.function() == Function.LABEL && call.arguments().getFirst() instanceof StringLiteral name
                        ? name.value()
                        : "";
            case StringLiteral string -> "";
            case NumberLiteral number -> "";
        };
    }

    List<Doubt> doubts(WorkloadDraft draft) {
        List<Doubt> doubts = new ArrayList<>();
        for (Selector selector : draft.varying().isEmpty() ? byPodName : selectors) {
            if (isPartial(selector.required(), draft)) {
                doubts.add(new Doubt(
                        "the " + selector.name() + " selects single pods of it, and a workload has one answer for all",
                        draft.span(),
                        0));
            }
        }
        for (String label : draft.varying().keySet()) {
            if (readByTemplates.contains(label)) {
                doubts.add(new Doubt(
                        "its pods differ in the label `" + label + "`, of which their SPIFFE IDs are made",
                        draft.span(),
                        0));
            }
        }
        return doubts;
    }

    private static boolean isPartial(Map<String, String> required, WorkloadDraft draft) {
        boolean isOfSome = false;
        for (Map.Entry<String, String> entry : required.entrySet()) {
            if (entry.getValue().equals(draft.labels().get(entry.getKey()))) {
                continue;
            }
            if (!mayBeOfSome(entry.getKey(), entry.getValue(), draft)) {
                return false;
            }
            isOfSome = true;
        }
        return isOfSome;
    }

    private static boolean mayBeOfSome(String key, String value, WorkloadDraft draft) {
        SortedSet<String> values = draft.varying().get(key);
        if (values != null) {
            return values.contains(value);
        }
        return key.equals(KumaLabels.DISPLAY_NAME)
                && !draft.arePodsNamed()
                && value.startsWith(draft.key().name() + "-");
    }
}
