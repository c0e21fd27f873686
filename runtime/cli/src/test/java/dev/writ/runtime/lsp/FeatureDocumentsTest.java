package dev.writ.runtime.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy in features: findings, hover and completion, in doc strings and in steps. */
class FeatureDocumentsTest {
    private static final String ID = "spiffe://default.default.mesh.local/ns/kuma-demo/sa/default";
    private static final String FEATURE = """
            Feature: kv
              Background:
                Given the resources in "kuma-demo.yaml"
                And the resources in "identity.yaml"
                And the permission "kv-callers" on workloads where app is "kv":
                  \"""yaml
                  - default:
                      allow:
                        - spiffeID:
                            type: Exact
                            value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/default
                  \"""

              Example: a call
                When "kuma-demo/demo-app" calls "kuma-demo/kv"
                Then the call is allowed
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Editor editor;

    @SuppressWarnings("NullAway.Init") // before each test
    private String uri;

    @BeforeEach
    void open() {
        DemoWorkspace.in(folder);
        editor = Editor.in(folder);
        uri = editor.open(folder.resolve("kv.feature").toUri().toString(), FEATURE);
    }

    @AfterEach
    void close() {
        editor.close();
    }

    @Test
    void whatABackgroundDeclaresIsCheckedWhereItStands() {
        assertThat(editor.findings(uri)).noneMatch(finding -> finding.startsWith("schema."));

        editor.type(uri, "type: Exact", "type: Exakt");
        assertThat(editor.findings(uri)).singleElement().asString().startsWith("schema.invalid-value: Exakt:");

        editor.replace(uri, FEATURE.replace("the resources in \"identity", "the resource in \"identity"));
        assertThat(editor.findings(uri))
                .anyMatch(finding -> finding.startsWith("step.unknown: the resource in \"identity.yaml\":"));
    }

    @Test
    void theNamesInStepsLeadToWhatTheyMean() {
        assertThat(editor.definition(uri, "When \"kuma-demo/demo")).containsExactly("kuma-demo.yaml: demo-app");
        assertThat(editor.definition(uri, "calls \"kuma-demo/k")).containsExactly("kuma-demo.yaml: kv");
        assertThat(editor.definition(uri, "in \"identity"))
                .singleElement()
                .asString()
                .startsWith("identity.yaml:");
        assertThat(editor.hover(uri, "calls \"kuma-demo/k")).contains("may call port 5050");
        assertThat(editor.definition(uri, "Then the call")).isEmpty();

        editor.type(uri, "the call is allowed", "the call is allowed by \"kv-callers\"");
        assertThat(editor.definition(uri, "allowed by \"kv")).containsExactly("kv.feature: kv-callers");
    }

    @Test
    void aFeatureThatDeclaresNothingIsNoPolicy() {
        editor.replace(uri, "Feature: kv\n\n  Example: a call\n    Given something else\n");

        assertThat(editor.findings(uri)).isEmpty();
    }

    @Test
    void aFileThatAFeatureNamesCountsAsItStandsInTheEditor() {
        assertThat(editor.findings(uri)).noneMatch(finding -> finding.startsWith("permission.selects-nothing"));
        String named = editor.open(folder.resolve("kuma-demo.yaml"));

        editor.replace(named, editor.text(named).replace("app: kv", "app: other"));

        assertThat(editor.published(
                                uri,
                                one -> one.getDiagnostics().stream()
                                        .anyMatch(finding ->
                                                finding.getCode().getLeft().equals("permission.selects-nothing")))
                        .getDiagnostics())
                .anyMatch(finding -> finding.getCode().getLeft().equals("permission.selects-nothing"));
    }

    @Test
    void aPatternInADocStringSaysWhomItMatches() {
        assertThat(editor.hover(uri, "value: spiffe://"))
                .contains("**allow** in permission `kv-callers`")
                .contains("matches 3 of 3 workloads")
                .contains("`kuma-demo/kv:5050`");
        assertThat(editor.definition(uri, "app is \"k")).contains("kuma-demo.yaml: kv");
    }

    @Test
    void stepsAreProposedByTheirKeyword() {
        editor.findings(uri);
        editor.type(uri, "Then the call is allowed", "Then ");
        assertThat(editor.completion(uri, "Then "))
                .contains("the call is allowed", "the call is denied")
                .doesNotContain("the resources:");

        editor.type(uri, "    And the resources in \"identity.yaml\"\n", "    And the r\n");
        assertThat(editor.completion(uri, "And the r")).contains("the resources in \"PATH\"", "the call is allowed");

        editor.replace(uri, "# language: de\nFunktionalität: kv\n  Grundlage:\n    Angenommen the re");
        assertThat(editor.completion(uri, "Angenommen the re"))
                .contains("the resources:")
                .doesNotContain("the call is allowed");
    }

    @Test
    void namesAreProposedBetweenTheQuotesOfAStep() {
        editor.findings(uri);
        editor.type(
                uri, "When \"kuma-demo/demo-app\" calls \"kuma-demo/kv\"", "When \"kuma-demo/demo-app\" calls \"kuma");

        assertThat(editor.completion(uri, "calls \"kuma")).contains("kuma-demo/kv", "kv-callers", ID);
        assertThat(editor.completionItems(uri, "calls \"kuma").stream()
                        .map(item ->
                                editor.text(uri, item.getTextEdit().getLeft().getRange())))
                .allMatch("kuma"::equals);
    }

    @Test
    void spiffeIdsAreProposedInADocString() {
        editor.findings(uri);
        for (String written : List.of("value: spiffe://default.default.mesh.local/ns/", "value: ")) {
            editor.replaceLine(uri, "value:", "                " + written);
            assertThat(editor.completion(uri, written)).as(written).containsExactly(ID);
        }
    }
}
