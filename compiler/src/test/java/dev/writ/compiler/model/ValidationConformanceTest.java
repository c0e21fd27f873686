package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.writ.compiler.conformance.ConformanceArea;
import dev.writ.compiler.conformance.ConformanceArea.Case;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.Resource;
import dev.writ.compiler.syntax.ResourceReader;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kuma's validation: what it refuses is refused, at the same fields, and what it admits is admitted. */
class ValidationConformanceTest {

    @ParameterizedTest
    @CsvSource({
        "mtp-validation, MeshTrafficPermission, KUMA_3",
        "mtp-validation-v214, MeshTrafficPermission, KUMA_2_14",
        "meshtls-validation, MeshTLS, KUMA_3",
        "meshtls-validation-v214, MeshTLS, KUMA_2_14",
        "meshidentity-validation, MeshIdentity, KUMA_3",
        "meshtrust-validation, MeshTrust, KUMA_3",
    })
    void theSameFieldsAreRefused(String area, String type, Target target) throws IOException {
        ConformanceArea.of(area)
                .verify(one -> assertThat(refusedFields(one, type, target)).isEqualTo(violations(one)));
    }

    private static Set<String> refusedFields(Case one, String type, Target target) throws IOException {
        String spec = one.text(one.has("spec.yaml") ? "spec.yaml" : "input.yaml");
        SourceFile file =
                new SourceFile(one.name(), "type: " + type + "\nmesh: default\nname: x\nspec:\n" + spec.indent(2));
        DiagnosticSink sink = new DiagnosticSink();
        List<Resource> resources = new ResourceReader().read(file, sink);
        ModelBuilder.build(resources, ModelOptions.DEFAULT.withTarget(target), sink);
        // Kuma's own tests read leniently: a field that a kind does not have is no violation there.
        return sink.sorted().stream()
                .filter(found -> found.severity() == Severity.ERROR && found.id() != DiagnosticId.SCHEMA_UNKNOWN_FIELD)
                .map(Diagnostic::field)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> violations(Case one) throws IOException {
        Set<String> fields = new TreeSet<>();
        if (one.has("violations.golden.yaml")) {
            for (JsonNode violation : one.yaml("violations.golden.yaml").path("violations")) {
                fields.add(violation.path("field").asText());
            }
        }
        return fields;
    }
}
