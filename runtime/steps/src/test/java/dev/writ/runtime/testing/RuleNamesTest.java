package dev.writ.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.runtime.testing.FeatureFolder.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleNamesTest {
    private static final String PERMISSION = """
            apiVersion: kuma.io/v1alpha1
            kind: MeshTrafficPermission
            metadata:
              name: %s
              namespace: %s
            spec:
              rules:
                - default:
                    allow:
                      - spiffeID:
                          type: Exact
                          value: spiffe://default.default.mesh.local/ns/shop/sa/%s
            """;

    @TempDir
    private Path temporary;

    @Test
    void aShortNameServesWhileItIsUnambiguous() {
        assertThat(allowedBy("mtp").lines().get(0)).isEqualTo("1 scenario: 1 passed");
        assertThat(allowedBy("shop/mtp").lines().get(0)).isEqualTo("1 scenario: 1 passed");
    }

    @Test
    void aShortNameThatSeveralHaveIsRefusedWithTheChoices() {
        assertThat(allowedBy("twin").text()).contains("    `twin` is ambiguous: say `ops/twin` or `shop/twin`");
    }

    @Test
    void aNameThatNoneHasIsRefusedWithTheNearest() {
        assertThat(allowedBy("mtb").text()).contains("    no permission is called `mtb`: did you mean `mtp`?");
    }

    @Test
    void verdictsUseTheShortestUnambiguousName() {
        assertThat(allowedBy("ops/twin").text())
                .contains("    expected allow by `ops/twin`, got allow (mtp.yaml:10 `mtp`)");
    }

    @Test
    void withAKumaToo() {
        assertThat(allowedByWithKuma("mtp").lines().get(0)).isEqualTo("1 scenario: 1 passed");
        assertThat(allowedByWithKuma("ops/twin").text())
                .contains("    expected allow by `ops/twin`, got allow (mtp.yaml:10 `mtp`)");
    }

    @Test
    void aLegacyFromIsCalledByItsPermission() {
        FeatureFolder folder = new FeatureFolder(temporary);
        folder.write("legacy.yaml", """
                type: MeshTrafficPermission
                mesh: default
                name: old
                spec:
                  from:
                    - targetRef:
                        kind: Mesh
                      default:
                        action: Allow
                ---
                type: MeshTrafficPermission
                mesh: default
                name: older
                spec:
                  from:
                    - targetRef:
                        kind: Mesh
                      default:
                        action: Allow
                """);
        String feature = """
                Feature: names
                  Scenario: s
                    Given the target "kuma-2.13"
                    And the resources in "."
                    When "shop/web" calls "shop/db"
                    Then the call is allowed by "%s"
                """;
        assertThat(folder.run(feature.formatted("old")).lines().get(0)).isEqualTo("1 scenario: 1 passed");
        assertThat(folder.run(feature.formatted("older")).text())
                .contains("    expected allow by `older`, got allow (legacy.yaml:6 `old`)");
    }

    private Outcome allowedByWithKuma(String name) {
        return allowedBy("Given the target \"kuma-3\"\n    And", name);
    }

    private Outcome allowedBy(String name) {
        return allowedBy("Given", name);
    }

    private Outcome allowedBy(String given, String name) {
        FeatureFolder folder = new FeatureFolder(temporary);
        folder.write("mtp.yaml", PERMISSION.formatted("mtp", "shop", "web"));
        folder.write("one.yaml", PERMISSION.formatted("twin", "shop", "a"));
        folder.write("two.yaml", PERMISSION.formatted("twin", "ops", "b"));
        return folder.run("""
                Feature: names
                  Scenario: s
                    %s the resources in "."
                    When "shop/web" calls "shop/db"
                    Then the call is allowed by "%s"
                """.formatted(given, name));
    }
}
