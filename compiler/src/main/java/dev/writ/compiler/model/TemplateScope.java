package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.syntax.SpiffeTemplate.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a template can read: its variables, in the order Kuma declares them, and labels.
 *
 * @param name what the template is, for messages: {@code trust domain} or {@code path}
 */
public record TemplateScope(String name, Map<String, String> variables, Map<String, String> labels) {
    private static final String ZONE_LABEL = "kuma.io/zone";
    private static final String NAMESPACE_LABEL = "k8s.kuma.io/namespace";
    private static final String SERVICE_ACCOUNT_LABEL = "k8s.kuma.io/service-account";

    public TemplateScope {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /**
     * The scope of a trust domain: {@code .Mesh} and {@code .Zone}.
     *
     * @param zone the zone where the labels name none
     * @param labels those read by name: Kuma takes the MeshIdentity's when it issues
     */
    public static TemplateScope trustDomain(String mesh, String zone, Map<String, String> labels) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("Mesh", mesh);
        variables.put("Zone", labels.getOrDefault(ZONE_LABEL, zone));
        return new TemplateScope("trust domain", variables, labels);
    }

    /**
     * The scope of a path: {@code .TrustDomain} and what the dataplane's labels say; a variable whose label is missing is the
     * empty text, as in Kuma.
     */
    public static TemplateScope path(String trustDomain, Map<String, String> labels) {
        TemplateScope old = pathOf212(trustDomain, labels);
        Map<String, String> variables = new LinkedHashMap<>(old.variables());
        variables.put("Workload", labels.getOrDefault(KumaLabels.WORKLOAD, ""));
        return new TemplateScope(old.name(), variables, labels);
    }

    /** The same in Kuma 2.12, which has no {@code .Workload} yet. */
    static TemplateScope pathOf212(String trustDomain, Map<String, String> labels) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("TrustDomain", trustDomain);
        variables.put("Namespace", labels.getOrDefault(NAMESPACE_LABEL, ""));
        variables.put("ServiceAccount", labels.getOrDefault(SERVICE_ACCOUNT_LABEL, ""));
        return new TemplateScope("path", variables, labels);
    }

    /** The finding about a variable that this template does not have. */
    public Diagnostic unknownVariable(Field field) {
        String has = variables.keySet().stream()
                .map(known -> "`." + known + "`")
                .collect(Collectors.joining(", ", "the " + name + " template has ", ""));
        String help = NearName.of(field.name(), variables.keySet())
                .map(near -> "did you mean `." + near + "`?")
                .orElse(has);
        return Diagnostic.of(
                DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE,
                field.span(),
                "unknown template variable `." + field.name() + "`",
                help);
    }
}
