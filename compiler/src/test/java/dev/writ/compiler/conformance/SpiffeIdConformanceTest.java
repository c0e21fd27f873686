package dev.writ.compiler.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.DefaultTemplates;
import dev.writ.compiler.model.Rendering;
import dev.writ.compiler.model.SpiffeIdResolver;
import dev.writ.compiler.model.TemplateResolver;
import dev.writ.compiler.model.TemplateScope;
import dev.writ.compiler.model.TrustDomainResolver;
import dev.writ.compiler.model.WorkloadLabel;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SpiffeTemplate;
import dev.writ.compiler.syntax.SpiffeTemplateParser;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SPIFFE IDs as Kuma computes them, from its own tests and from runs of it. Errors are compared by being errors. */
final class SpiffeIdConformanceTest {
    private static final SourceSpan NOWHERE = new SourceFile("case", "identity").span(0, 8);

    @Test
    void templatesGiveTheTrustDomainsAndIdsThatKumaGives() throws IOException {
        ConformanceArea.of("oracle-spiffeid-templates").verify(one -> {
            JsonNode given = one.yaml("case.yaml");
            JsonNode expected = given.get("expected");
            Optional<String> trustDomain = trustDomain(given);
            assertThat(trustDomain).as("trust domain").isEqualTo(text(expected.get("trustDomain")));
            assertThat(issuableTrustDomain(given).isPresent())
                    .as("whether the CA can be made")
                    .isEqualTo(!expected.has("trustDomainError") && !expected.has("caGenerationError"));
            assertThat(trustDomain.flatMap(domain -> spiffeId(given, domain)))
                    .as("SPIFFE ID")
                    .isEqualTo(text(expected.get("spiffeID")));
        });
    }

    @Test
    void dataplanesGetTheIdsOfKumasOwnTests() throws IOException {
        ConformanceArea.of("meshidentity-spiffeid").verify(one -> {
            JsonNode given = one.yaml("case.yaml");
            Optional<String> trustDomain =
                    given.has("trustDomain") ? text(given.get("trustDomain")) : trustDomain(given);
            assertThat(trustDomain.flatMap(domain -> spiffeId(given, domain)))
                    .isEqualTo(text(given.get("expectedSpiffeID")));
        });
    }

    @Test
    void pathsNeedTheWorkloadLabelWhereKumaSaysSo() throws IOException {
        ConformanceArea.of("meshidentity-uses-workload-label").verify(one -> {
            JsonNode given = one.yaml("case.yaml");
            assertThat(path(given).map(WorkloadLabel::isReadBy))
                    .hasValue(given.get("expected").booleanValue());
        });
    }

    private static Optional<String> trustDomain(JsonNode given) {
        return trustDomainTemplate(given)
                .flatMap(template -> switch (TemplateResolver.resolve(template, trustDomainScope(given))) {
                    case Rendering.Text text -> Optional.of(text.value());
                    case Rendering.Failed failed -> Optional.empty();
                });
    }

    private static Optional<String> issuableTrustDomain(JsonNode given) {
        return trustDomainTemplate(given)
                .flatMap(template -> switch (TrustDomainResolver.resolve(template, trustDomainScope(given))) {
                    case TrustDomainResolver.Resolved resolved -> Optional.of(resolved.trustDomain());
                    case TrustDomainResolver.Unresolved unresolved -> Optional.empty();
                });
    }

    private static Optional<String> spiffeId(JsonNode given, String trustDomain) {
        SortedMap<String, String> labels = labels(given.get("dataplaneLabels"));
        return path(given).flatMap(path -> switch (SpiffeIdResolver.resolve(path, trustDomain, labels)) {
            case SpiffeIdResolver.Resolved resolved -> Optional.of(resolved.id().toString());
            case SpiffeIdResolver.Unresolved unresolved -> Optional.empty();
        });
    }

    private static TemplateScope trustDomainScope(JsonNode given) {
        return TemplateScope.trustDomain(
                given.get("mesh").textValue(), given.get("zone").textValue(), labels(given.get("identityLabels")));
    }

    private static Optional<SpiffeTemplate> trustDomainTemplate(JsonNode given) {
        return text(given.get("trustDomainTemplate"))
                .map(SpiffeIdConformanceTest::parse)
                .orElseGet(() -> Optional.of(DefaultTemplates.trustDomain(NOWHERE)));
    }

    private static Optional<SpiffeTemplate> path(JsonNode given) {
        boolean isKubernetes = given.get("environment").textValue().equals("kubernetes");
        return text(given.get("pathTemplate"))
                .map(SpiffeIdConformanceTest::parse)
                .orElseGet(() -> Optional.of(
                        isKubernetes
                                ? DefaultTemplates.kubernetesPath(NOWHERE)
                                : DefaultTemplates.universalPath(NOWHERE)));
    }

    private static Optional<SpiffeTemplate> parse(String template) {
        return SpiffeTemplateParser.parse(SourceText.whole(new SourceFile("case", template)), new DiagnosticSink());
    }

    private static Optional<String> text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node.textValue());
    }

    private static SortedMap<String, String> labels(@Nullable JsonNode node) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (node != null) {
            node.properties()
                    .forEach(
                            entry -> labels.put(entry.getKey(), entry.getValue().textValue()));
        }
        return labels;
    }
}
