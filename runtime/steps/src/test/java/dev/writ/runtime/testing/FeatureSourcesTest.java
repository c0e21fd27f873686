package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.model.Permission;
import dev.writ.compiler.model.Target;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features as sources of commands: their policy, and how what is wrong in it is underlined. */
class FeatureSourcesTest {
    private static final String PERMISSION = """
                Given the resources in "mesh.yaml"
                And the permission "%s" on workloads where app is "db":
                  \"""
                  allow spiffe://default.default.mesh.local/ns/shop/**
                  \"""
            """;

    @TempDir
    private Path temporary;

    private FeatureFolder folder;

    @BeforeEach
    void open() {
        folder = new FeatureFolder(temporary);
    }

    @Test
    void theBackgroundOfTheFeatureIsThePolicyAndNothingElseIs() {
        folder.write("a.feature", "Feature: shop\n  Background:\n" + PERMISSION.formatted("of-all") + """
                    When "no/such" calls "no/workload"
                  Rule: a rule adds to it
                    Background:
                      Given the permission "of-the-rule" on all workloads:
                        \"""
                        deny spiffe://default.default.mesh.local/ns/ops/**
                        \"""
                    Example: and an example too
                      Given the permission "of-the-example" on all workloads:
                        \"""
                        deny spiffe://default.default.mesh.local/ns/ops/**
                        \"""
                """);

        Compilation policy = compile(false, "a.feature");

        assertThat(policy.hasErrors()).isFalse();
        assertThat(names(policy)).containsExactly("of-all");
        assertThat(policy.model().workloads()).isNotEmpty();
    }

    @Test
    void theKeywordsMayBeOfAnyLanguage() {
        folder.write("a.feature", """
                # language: de
                Funktionalität: Laden
                  Grundlage:
                    Angenommen the resources in "mesh.yaml"
                    Und the permission "p" on all workloads:
                      \"""
                      alow spiffe://a/b
                      \"""
                """);

        assertThat(underlined(DiagnosticId.RULE_SYNTAX, "a.feature")).containsExactly("alow");
    }

    @Test
    void whatIsWrongInAStepIsUnderlinedAndTheOthersAreTakenStill() {
        folder.write("a.feature", """
                Feature: shop
                  Background:
                    Given the ressources in "mesh.yaml"
                    And the target "kuma-9"
                    And the resources in "no-such.yaml"
                    And the permission "p" on all workloads:
                    And the target "kuma-2.14"
                      | one |
                    And my database is seeded
                """);

        assertThat(underlined(DiagnosticId.STEP_UNKNOWN, "a.feature"))
                .containsExactly("the ressources in \"mesh.yaml\"", "my database is seeded");
        assertThat(underlined(DiagnosticId.SCHEMA_INVALID_VALUE, "a.feature")).containsExactly("kuma-9");
        assertThat(underlined(DiagnosticId.SCHEMA_MISSING_FIELD, "a.feature"))
                .containsExactly("the permission \"p\" on all workloads:", "the target \"kuma-2.14\"");
        assertThat(compile(false, "a.feature").diagnostics())
                .anySatisfy(diagnostic -> assertThat(diagnostic.related())
                        .anySatisfy(related -> assertThat(related.span().text()).isEqualTo("no-such.yaml")));
    }

    @Test
    void aFeatureWithoutAPolicyIsAnError() {
        folder.write("a.feature", "Feature: nothing\n  Scenario: here\n    Given the resources in \"mesh.yaml\"\n");

        assertThat(underlined(DiagnosticId.SCHEMA_MISSING_FIELD, "a.feature")).containsExactly("Feature: nothing");
    }

    @Test
    void aFileThatSeveralNameIsReadOnce() {
        folder.write("a.feature", "Feature: a\n  Background:\n" + PERMISSION.formatted("one"));
        folder.write("b.feature", "Feature: b\n  Background:\n" + PERMISSION.formatted("two"));

        Compilation policy = compile(false, "mesh.yaml", "a.feature", "b.feature");

        assertThat(policy.hasErrors()).isFalse();
        assertThat(names(policy)).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void twoPermissionsOfOneNameAreRefusedAcrossFeatures() {
        folder.write("a.feature", "Feature: a\n  Background:\n" + PERMISSION.formatted("one"));
        folder.write("b.feature", "Feature: b\n  Background:\n" + PERMISSION.formatted("one"));

        assertThat(underlined(DiagnosticId.SCHEMA_DUPLICATE, "a.feature", "b.feature"))
                .containsExactly("one");
    }

    @Test
    void featuresForTwoControlPlanesAreNoOnePolicy() {
        folder.write("a.feature", "@target:kuma-2.13\nFeature: a\n  Background:\n" + PERMISSION.formatted("one"));
        folder.write("b.feature", """
                Feature: b
                  Background:
                    Given the target "kuma-2.14"
                    And the zone is "east"
                """);

        assertThat(compile(false, "a.feature").model().target()).isEqualTo(Target.KUMA_2_13);
        assertThat(underlined(DiagnosticId.SCHEMA_DUPLICATE, "a.feature", "b.feature"))
                .containsExactly("Feature: b");
    }

    @Test
    void severalTargetsNeedAChoice() {
        folder.write(
                "a.feature",
                "@target:kuma-2.13 @slow @target:kuma-3\nFeature: a\n  Background:\n" + PERMISSION.formatted("one"));

        assertThat(underlined(DiagnosticId.SCHEMA_DUPLICATE, "a.feature")).containsExactly("@target:kuma-3");
        assertThat(compile(true, "a.feature").hasErrors()).isFalse();
    }

    private List<String> underlined(DiagnosticId id, String... names) {
        return compile(false, names).diagnostics().stream()
                .filter(diagnostic -> diagnostic.id() == id && diagnostic.span() != null)
                .map(Diagnostic::span)
                .map(span -> span == null ? "" : span.text())
                .toList();
    }

    private static List<String> names(Compilation policy) {
        return policy.model().meshes().stream()
                .flatMap(mesh -> mesh.permissions().stream())
                .map(Permission::name)
                .toList();
    }

    private Compilation compile(boolean targetIsChosen, String... names) {
        List<SourceFile> files = new ArrayList<>();
        for (String name : names) {
            Path file = temporary.resolve(name);
            try {
                files.add(new SourceFile(file.toString(), Files.readString(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        DiagnosticSink sink = new DiagnosticSink();
        return FeatureSources.read(files, new SourceCache(), targetIsChosen, sink)
                .compile(sink);
    }
}
