package dev.writ.runtime.coverage;

import static dev.writ.runtime.coverage.CoveredFeature.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoveragePageTest {
    @TempDir
    private Path temporary;

    private CoveredFeature feature = new CoveredFeature(Path.of(""));

    @BeforeEach
    void open() {
        feature = new CoveredFeature(temporary);
    }

    @Test
    void aRuleIsColouredAndSaysWhatIsMissing() {
        String page = page(feature.feature(
                List.of("allow " + SHOP + "/**", "deny " + SHOP + "/sa/evil", "allow anyone to POST"),
                CoveredFeature.call("shop/web", "")));

        assertThat(page)
                .contains("<tr class=\"part\"><td class=\"number\">6</td><td class=\"hits\">◐ 1×</td>")
                .contains("<tr class=\"none\"><td class=\"number\">7</td><td class=\"hits\">✗ 0×</td>")
                .contains("<b>allow `p`</b> 2 of 5 tried")
                .contains("a look-alike of the prefix: <code>from " + SHOP + "-2/sa/db</code>")
                .contains("f.feature:10 s</span>");
    }

    @Test
    void aRuleOfWhichAllWasTriedIsFull() {
        assertThat(page(feature.feature(List.of("allow anyone"), CoveredFeature.call("shop/web", ""))))
                .contains("<tr class=\"full\"><td class=\"number\">6</td><td class=\"hits\">✓ 1×</td>")
                .contains("100 % of the policy");
    }

    @Test
    void whatStandsInTheSourceIsNoMarkup() {
        String page = page(feature.feature(
                List.of("# <script>alert(1)</script> & \"", "allow anyone"), CoveredFeature.call("shop/web", "")));

        assertThat(page)
                .contains("# &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;")
                .doesNotContain("<script");
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        String page = page(feature.feature(List.of("allow anyone"), CoveredFeature.call("shop/web", "")));

        assertThat(page)
                .contains("default-src 'none'")
                .contains("prefers-color-scheme: dark")
                .doesNotContainPattern("(?i)(src|href)\\s*=|url\\(|@import|https?:");
    }

    @Test
    void linesWithSecretsAreMasked() {
        Path file = feature.write("f.feature", """
                Feature: f
                  Background:
                    Given the resources in "mesh.writ"
                    And the resources in "rules.yaml"
                  Scenario: s
                    When "shop/web" calls "shop/db"
                    Then the call is allowed
                """);
        feature.write("rules.yaml", """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata:
                  name: p
                  namespace: kuma-system
                  labels:
                    kuma.io/mesh: default
                spec:
                  rules:
                    - default:
                        allow:
                          - spiffeID:
                              type: Prefix
                              value: %s/sa
                ---
                apiVersion: v1
                kind: Secret
                metadata:
                  name: s
                data:
                  token: c2VzYW1l
                """.formatted(SHOP));

        assertThat(page(file)).contains("masked").contains(SHOP).doesNotContain("c2VzYW1l");
    }

    @Test
    void ofALongFileOnlyWhatStandsNearRulesIsShown() {
        Path file = feature.write("f.feature", """
                Feature: f
                  Background:
                    Given the resources in "mesh.writ"
                    And the resources in "long.writ"
                  Scenario: s
                    When "shop/web" calls "shop/db"
                    Then the call is allowed
                """);
        feature.write(
                "long.writ",
                "# a remark\n".repeat(3_000) + "permission p on workload shop/db {\n  allow anyone\n}\n# the end\n");

        assertThat(page(file))
                .contains("<tr class=\"gap\">")
                .contains(">3002<")
                .contains("# the end")
                .doesNotContain("<td class=\"number\">17</td>");
    }

    private String page(Path file) {
        return new CoveragePage(PolicyCoverage.of(feature.run(file))).page();
    }
}
