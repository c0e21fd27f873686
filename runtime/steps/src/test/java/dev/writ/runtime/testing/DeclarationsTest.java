package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.testing.FeatureFolder.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Given steps declare, and how what is wrong in it is underlined. */
class DeclarationsTest {
    private static final String HEAD = """
            Feature: shop
              Background:
                Given the resources in "mesh.yaml"
            """;
    private static final String THEN = """
                When "shop/web" calls "shop/db"
                Then the call is allowed
            """;

    @TempDir
    private Path temporary;

    private FeatureFolder folder;

    @BeforeEach
    void open() {
        folder = new FeatureFolder(temporary);
    }

    @Test
    void aRuleInADocStringIsUnderlinedInTheFeature() {
        Outcome outcome = scenario("""
                    Given the permission "p" on all workloads:
                      \"""
                      allow spiffe://default.default.mesh.local/ns/shop/**
                      alow  spiffe://default.default.mesh.local/ns/ops/**
                      \"""
                """);

        assertThat(outcome.text())
                .contains("a.feature:5:5: FAIL s")
                .contains("\na.feature:8:7: error[rule.syntax]: ")
                .contains("\n8 |       alow  spiffe://default.default.mesh.local/ns/ops/**\n  |       ^^^^\n");
    }

    @Test
    void aFolderOfFilesThatIsNotThereIsUnderlined() {
        Outcome outcome = scenario("""
                    Given the files of the control plane in "no-such"
                """);

        assertThat(outcome.text())
                .contains("error[source.unreadable]: there is no folder `no-such`")
                .contains("^^^^^^^\n");
    }

    @Test
    void kumaRulesInADocStringAreUnderlinedInTheFeature() {
        Outcome outcome = scenario("""
                    Given the permission "p" on all workloads:
                      \"""yaml
                      - default:
                          allow:
                            - spiffeId:
                                type: Exact
                                value: spiffe://default.default.mesh.local/ns/shop/sa/web
                      \"""
                """);

        assertThat(outcome.text())
                .contains("\na.feature:9:15: error[schema.unknown-field]: ")
                .contains("  |               ^^^^^^^^\n")
                .contains("= help: did you mean `spiffeID`?");
    }

    @Test
    void resourcesInADocStringAreUnderlinedInTheFeature() {
        Outcome outcome = scenario("""
                    Given the resources:
                      \"""yaml
                      apiVersion: v1
                      kind: Namespace
                      metadata:
                        name: one
                      ---
                      apiVersion: kuma.io/v1alpha1
                      kind: MeshTrust
                      metadata:
                        name: t
                        namespace: kuma-system
                      spec:
                        trustDomian: other
                      \"""
                """);

        assertThat(outcome.text())
                .contains("a.feature:18:9: error[schema.unknown-field]: ")
                .contains("  |         ^^^^^^^^^^^\n");
    }

    @Test
    void aFileThatIsNotThereIsNamedWithTheStep() {
        Outcome outcome = scenario("    Given the resources in \"meshes.yaml\"\n");

        assertThat(outcome.text())
                .contains("meshes.yaml:1:1: error[source.unreadable]: ")
                .contains("a.feature:5:29: note: named here");
    }

    @Test
    void aFileInErrorIsUnderlinedInTheFile() {
        folder.write("bad/identity.yaml", "apiVersion: kuma.io/v1alpha1\nkind: MeshIdentity\nmetadata: {}\n");

        assertThat(scenario("    Given the resources in \"bad\"\n").text()).contains("\nbad/identity.yaml:");
    }

    @Test
    void allPermissionStepsSelectAsTheySay() {
        Outcome outcome = scenario("""
                    Given the permission "db" on workload "shop/db":
                      \"""
                      allow spiffe://default.default.mesh.local/ns/shop/sa/web
                      \"""
                    And the permission "fronts" on workloads where app is "web" and tier is "front":
                      \"""
                      allow spiffe://default.default.mesh.local/ns/ops/sa/job
                      \"""
                    And the permission "all" on all workloads:
                      \"""
                      deny spiffe://default.default.mesh.local/ns/evil/**
                      \"""
                    Then these calls are decided so:
                      | caller                                          | callee   | port | decision | rule    |
                      | shop/web                                        | shop/db  |      | allow    | db      |
                      | ops/job                                         | shop/db  | 5432 | deny     | default |
                      | ops/job                                         | shop/web | 8080 | allow    | fronts  |
                      | ops/job                                         | shop/web | 9000 | allow    | fronts  |
                      | spiffe://default.default.mesh.local/ns/evil/x   | shop/db  |      | deny     | all     |
                      | spiffe://default.default.mesh.local/ns/evil/x   | shop/web | 8080 | deny     | all     |
                """);

        assertThat(outcome.lines()).containsExactly("1 scenario: 1 passed");
    }

    @Test
    void aPermissionThatSelectsNothingIsAnErrorInAFeature() {
        assertThat(scenario("""
                    Given the permission "p" on workload "shop/bd":
                      \"""
                      allow spiffe://default.default.mesh.local/ns/shop/sa/web
                      \"""
                """).text())
                .contains("a.feature:5:43: error[permission.selects-nothing]: ")
                .contains("= help: did you mean `shop/db`?");
    }

    @Test
    void twoPermissionsOfOneNameAreRefused() {
        assertThat(scenario("""
                    Given the permission "p" on all workloads:
                      \"""
                      allow spiffe://a/b
                      \"""
                    And the permission "p" on all workloads:
                      \"""
                      allow spiffe://a/b
                      \"""
                """).text())
                .contains("a.feature:9:25: error[schema.duplicate]: a second permission `p` in one scenario")
                .contains("a.feature:5:27: note: the first one");
    }

    @Test
    void anUnknownMediaTypeIsRefused() {
        assertThat(scenario(
                                "    Given the permission \"p\" on all workloads:\n      \"\"\"rego\n      x\n      \"\"\"\n")
                        .text())
                .contains("a.feature:6:7: error[schema.invalid-value]: rules of the media type `rego` are not known");
    }

    @Test
    void theZoneChangesTheIdentities() {
        folder.write("a.feature", """
                Feature: zones
                  Scenario: east
                    Given the zone is "east"
                    And the resources in "mesh.yaml"
                    And the permission "p" on all workloads:
                      \"""
                      allow spiffe://default.east.mesh.local/ns/shop/sa/web
                      \"""
                    When "shop/web" calls "shop/db"
                    Then the call is allowed
                """);

        assertThat(folder.run(read("a.feature")).lines()).containsExactly("1 scenario: 1 passed");
    }

    @Test
    void whatOneScenarioDeclaresIsGoneInTheNext() {
        Outcome outcome = folder.run(HEAD + """
              Scenario: one
                Given the permission "p" on all workloads:
                  \"""
                  allow spiffe://default.default.mesh.local/ns/shop/**
                  \"""
                When "shop/web" calls "shop/db"
                Then the call is allowed
              Scenario: two
                When "shop/web" calls "shop/db"
                Then the call is denied
            """);

        assertThat(outcome.lines()).containsExactly("2 scenarios: 2 passed");
    }

    @Test
    void aFurtherDeclarationAfterACallCounts() {
        Outcome outcome = scenario("""
                    When "shop/web" calls "shop/db"
                    Then the call is denied
                    Given the permission "p" on all workloads:
                      \"""
                      allow spiffe://default.default.mesh.local/ns/shop/**
                      \"""
                """);

        assertThat(outcome.lines()).containsExactly("1 scenario: 1 passed");
    }

    private Outcome scenario(String steps) {
        String more = steps.contains("decided so") ? "" : THEN;
        return folder.run(HEAD + "  Scenario: s\n" + steps + more);
    }

    private String read(String name) {
        try {
            return java.nio.file.Files.readString(temporary.resolve(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
