package dev.writ.compiler.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.Severity;
import dev.writ.compiler.model.ModelOptions;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Kuma admits is no error here either, but for what it admits and cannot do. */
final class AdmittedInputTest {
    private static final Path KUMA = Path.of(requireNonNull(System.getProperty("writ.root")), "..", "shared", "kuma");

    @ParameterizedTest
    @CsvSource({
        "mtp-validation, MeshTrafficPermission, KUMA_3",
        "mtp-validation-v214, MeshTrafficPermission, KUMA_2_14",
        "meshtls-validation, MeshTLS, KUMA_3",
        "meshtls-validation-v214, MeshTLS, KUMA_2_14",
        "meshidentity-validation, MeshIdentity, KUMA_3",
        "meshtrust-validation, MeshTrust, KUMA_3",
    })
    void aValidResourceIsNoError(String area, String type, Target target) throws IOException {
        for (Path one : folders("conformance", area)) {
            Path violations = one.resolve("violations.golden.yaml");
            if (Files.exists(violations) && Files.size(violations) > 0) {
                continue;
            }
            Path spec = one.resolve("spec.yaml");
            String text = Files.readString(Files.exists(spec) ? spec : one.resolve("input.yaml"));
            String document = "type: " + type + "\nmesh: default\nname: x\nspec:\n" + text.indent(2);
            // Their tests put `123` where a certificate stands, at which validation does not look.
            assertThat(errors(one, document, target, Target.ENVOY))
                    .as(one.toString())
                    .filteredOn(error -> error.id() != DiagnosticId.TRUST_UNREADABLE
                            && error.id() != DiagnosticId.IDENTITY_CA_UNUSABLE)
                    .isEmpty();
        }
    }

    @Test
    void resourcesThatAControlPlaneWasGivenAreNoErrors() throws IOException {
        for (Path one : folders("conformance", "oracle-mtp-merge")) {
            String yaml = Files.readString(one.resolve("input.yaml"));
            assertThat(errors(one, yaml, Target.KUMA_3, Target.ENVOY))
                    .as(one.toString())
                    .isEmpty();
        }
    }

    @Test
    void onlyATemplateThatCannotBeExecutedIsAnErrorInWhatALiveControlPlaneTook() throws IOException {
        SortedMap<String, List<DiagnosticId>> errors = new TreeMap<>();
        for (Path scenario : folders("scenarios")) {
            String name = scenario.getFileName().toString();
            Target target = name.startsWith("v214-") ? Target.KUMA_2_14 : Target.KUMA_3;
            List<DiagnosticId> found = errors(scenario, taken(scenario), target).stream()
                    .map(Diagnostic::id)
                    .toList();
            if (!found.isEmpty()) {
                errors.put(name, found);
            }
        }
        // Kuma parses templates when they are applied, and executes them when it is too late.
        assertThat(errors)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("27-hazard-template-runtime-error", List.of(DiagnosticId.TEMPLATE_UNKNOWN_VARIABLE)));
    }

    private static List<Diagnostic> errors(Path folder, String yaml, Target... targets) {
        SourceFile file = new SourceFile(folder.getFileName() + ".yaml", yaml);
        return Stream.of(targets)
                .map(ModelOptions.DEFAULT::withTarget)
                .flatMap(options -> PolicyCompiler.compile(List.of(file), List.of(), options).diagnostics().stream())
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    private static List<Path> folders(String... below) throws IOException {
        Path folder = KUMA.resolve(String.join("/", below));
        if (!Files.isDirectory(folder)) {
            Assumptions.abort("nothing recorded");
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** What the control plane did not refuse. */
    private static String taken(Path scenario) throws IOException {
        Set<String> refused = new HashSet<>();
        for (JsonNode applied : new ObjectMapper()
                .readTree(scenario.resolve("result.json").toFile())
                .path("apply")) {
            if (applied.path("status").asInt() >= 400) {
                refused.add(applied.path("name").asText());
            }
        }
        List<String> taken = new ArrayList<>();
        for (String document : Files.readString(scenario.resolve("input.yaml")).split("(?m)^---$", -1)) {
            if (refused.stream().noneMatch(name -> document.contains("\nname: " + name + "\n"))) {
                taken.add(document);
            }
        }
        return String.join("---", taken);
    }
}
