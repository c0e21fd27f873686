package dev.writ.compiler.check;

import dev.writ.compiler.model.KumaLabels;
import dev.writ.compiler.model.Mesh;
import dev.writ.compiler.model.Rendering;
import dev.writ.compiler.model.SpireSetup.Registration;
import dev.writ.compiler.model.TemplateResolver;
import dev.writ.compiler.model.TemplateScope;
import dev.writ.compiler.model.Workload;
import dev.writ.compiler.syntax.Resource.LabelSelectorSyntax;
import dev.writ.compiler.syntax.Resource.LabelSelectorSyntax.Requirement;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplate.Call;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import dev.writ.compiler.syntax.SpiffeTemplate.Function;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a workload as SPIRE sees them. An answer is empty where the sources do not tell: a pod's name, its node, its
 * annotations, a namespace that is not among them.
 */
final class SpirePod {
    private static final String LABELS = "PodMeta.Labels";
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private static final Set<String> COMPUTED = Set.of(
            KumaLabels.ORIGIN,
            KumaLabels.ZONE,
            KumaLabels.ENVIRONMENT,
            KumaLabels.NAMESPACE,
            KumaLabels.SERVICE_ACCOUNT,
            KumaLabels.DISPLAY_NAME);

    private final Map<String, String> labels = new TreeMap<>();
    private final @Nullable Map<String, String> namespaceLabels;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> found = new HashMap<>();

    /** @param trustDomain of the SPIRE server */
    SpirePod(Workload workload, Mesh mesh, String trustDomain) {
        workload.labels().forEach((key, value) -> {
            if (!COMPUTED.contains(key)) {
                labels.put(key, value);
            }
        });
        String namespace = workload.labels().getOrDefault(KumaLabels.NAMESPACE, "");
        String account = workload.labels().getOrDefault(KumaLabels.SERVICE_ACCOUNT, "");
        Map<String, String> around = mesh.spire().namespaces().get(namespace);
        namespaceLabels = around == null ? null : new TreeMap<>(around);
        if (namespaceLabels != null) {
            namespaceLabels.put(NAMESPACE_NAME, namespace);
        }
        variables.put("TrustDomain", trustDomain);
        variables.put("PodMeta.Namespace", namespace);
        variables.put("PodSpec.ServiceAccountName", account);
        labels.forEach((key, value) -> variables.put(LABELS + "." + key, value));
        found.put("k8s:ns:", namespace);
        found.put("k8s:sa:", account);
    }

    /** Whether a registration is for these pods. */
    Optional<Boolean> isOf(Registration registration) {
        return and(List.of(
                matches(registration.pods(), labels),
                matches(registration.namespaces(), namespaceLabels),
                and(registration.selectorTemplates().stream()
                        .map(this::hasSelector)
                        .toList())));
    }

    /** What SPIRE calls them by a registration. */
    Optional<String> render(SpiffeTemplate template) {
        boolean isKnown = template.expressions().allMatch(expression -> switch (expression) {
            case Field field -> field.name().equals(LABELS) || variables.containsKey(field.name());
            case Call call ->
                call.function() != Function.INDEX
                        || call.arguments().getFirst() instanceof Field map
                                && map.name().equals(LABELS);
            case SpiffeTemplate.StringLiteral text -> true;
            case SpiffeTemplate.NumberLiteral number -> true;
        });
        return isKnown
                        && TemplateResolver.resolve(template, new TemplateScope("registration", variables, Map.of()))
                                instanceof Rendering.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    // Of what the agent's attestors find only the namespace, the account and labels are known here.
    private Optional<Boolean> hasSelector(SpiffeTemplate template) {
        return render(template).flatMap(selector -> {
            for (Map.Entry<String, String> known : found.entrySet()) {
                if (selector.startsWith(known.getKey())) {
                    return Optional.of(selector.equals(known.getKey() + known.getValue()));
                }
            }
            String label = "k8s:pod-label:";
            return selector.startsWith(label)
                    ? Optional.of(labels.entrySet().stream()
                            .map(entry -> entry.getKey() + ":" + entry.getValue())
                            .collect(Collectors.toSet())
                            .contains(selector.substring(label.length())))
                    : Optional.empty();
        });
    }

    private static Optional<Boolean> matches(@Nullable LabelSelectorSyntax selector, @Nullable Map<String, String> of) {
        if (selector == null) {
            return Optional.of(true);
        }
        return of == null
                ? Optional.empty()
                : Optional.of(of.entrySet().containsAll(selector.matchLabels().entrySet())
                        && selector.matchExpressions().stream().allMatch(requirement -> holds(requirement, of)));
    }

    private static boolean holds(Requirement requirement, Map<String, String> of) {
        String value = of.get(requirement.key());
        return switch (requirement.operator()) {
            case "In" -> value != null && requirement.values().contains(value);
            case "NotIn" -> value == null || !requirement.values().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalStateException("no operator: " + requirement.operator());
        };
    }

    private static Optional<Boolean> and(List<Optional<Boolean>> all) {
        if (all.contains(Optional.of(false))) {
            return Optional.of(false);
        }
        return all.contains(Optional.<Boolean>empty()) ? Optional.empty() : Optional.of(true);
    }
}
