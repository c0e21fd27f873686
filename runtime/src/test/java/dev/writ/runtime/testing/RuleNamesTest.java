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

    private Outcome allowedBy(String name) {
        FeatureFolder folder = new FeatureFolder(temporary);
        folder.write("mtp.yaml", PERMISSION.formatted("mtp", "shop", "web"));
        folder.write("one.yaml", PERMISSION.formatted("twin", "shop", "a"));
        folder.write("two.yaml", PERMISSION.formatted("twin", "ops", "b"));
        return folder.run("""
                Feature: names
                  Scenario: s
                    Given the resources in "."
                    When "shop/web" calls "shop/db"
                    Then the call is allowed by "%s"
                """.formatted(name));
    }
}
