package dev.writ.compiler.model;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.Resource.ClusterSpiffeIdResource;
import dev.writ.compiler.syntax.Resource.LabelSelectorSyntax;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What SPIRE is told of the pods of a zone's cluster, as far as the sources say.
 *
 * @param trustDomain of the SPIRE server; null where it is not known
 * @param registrations the ClusterSPIFFEIDs, in the order of the sources
 * @param namespaces the labels of the namespaces that the sources have, by name
 */
public record SpireSetup(
        @Nullable String trustDomain, List<Registration> registrations, Map<String, Map<String, String>> namespaces) {
    /** One of which nothing is known. */
    public static final SpireSetup NONE = new SpireSetup(null, List.of(), Map.of());

    public SpireSetup {
        registrations = List.copyOf(registrations);
        namespaces = Map.copyOf(namespaces);
    }

    /**
     * A ClusterSPIFFEID.
     *
     * @param pods null: all
     * @param selectorTemplates what else an agent must find in the workload
     */
    public record Registration(
            String name,
            SourceSpan span,
            SpiffeTemplate template,
            @Nullable LabelSelectorSyntax pods,
            @Nullable LabelSelectorSyntax namespaces,
            List<SpiffeTemplate> selectorTemplates) {
        public Registration {
            selectorTemplates = List.copyOf(selectorTemplates);
        }
    }

    static SpireSetup of(Sources sources, ModelOptions options) {
        SortedMap<String, Map<String, String>> namespaces = new TreeMap<>();
        sources.namespaces.forEach((name, namespace) -> {
            Map<String, String> labels = new TreeMap<>();
            namespace.metadata().labels().forEach((key, text) -> labels.put(key, text.value()));
            namespaces.put(name, labels);
        });
        return new SpireSetup(
                options.spireTrustDomain(),
                sources.clusterSpiffeIds.stream().map(SpireSetup::registration).toList(),
                namespaces);
    }

    private static Registration registration(ClusterSpiffeIdResource resource) {
        return new Registration(
                resource.metadata().name().value(),
                resource.span(),
                parsed(resource.spiffeIdTemplate()),
                resource.podSelector(),
                resource.namespaceSelector(),
                resource.workloadSelectorTemplates().stream()
                        .map(SpireSetup::parsed)
                        .toList());
    }

    // The reader has let only well-formed ones through.
    private static SpiffeTemplate parsed(SourceText template) {
        return SpiffeTemplateParser.parseRegistration(template, new DiagnosticSink())
                .orElseThrow();
    }
}
