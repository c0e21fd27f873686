package dev.writ.runtime.testing.steps;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.runtime.testing.CurrentScenario;
import dev.writ.runtime.testing.DeclaringTable;
import dev.writ.runtime.testing.feature.StepText;
import io.cucumber.datatable.DataTable;
import io.cucumber.docstring.DocString;
import io.cucumber.java.en.Given;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps that declare a policy. */
public final class DeclarationSteps {
    private static final String LABEL = "[^\\s\"]+ is \"[^\"]*\"";
    private static final String PERMISSION = "^the permission \"([^\"]+)\" on ";
    private static final Pattern LABELS = Pattern.compile("(\\S+) is \"([^\"]*)\"");

    @Given("^the resources in \"([^\"]+)\"$")
    @Sentence(
            order = 10,
            value = "the resources in \"PATH\"",
            says =
                    "The Kubernetes and Kuma resources of a file, or of a folder's YAML and JSON files, or what `.writ` files"
                            + " declare. The path is relative to the feature file. May be said several times.",
            example = "Given the resources in \"kuma-demo.yaml\"")
    public void resourcesIn(String path) {
        CurrentScenario scenario = CurrentScenario.get();
        scenario.declarations().resourcesIn(scenario.step().text("in \"", path));
    }

    @Given("^the resources:$")
    @Sentence(order = 20, value = "the resources:", says = "Resources in a doc string, in YAML or JSON.", example = """
                    Given the resources:
                      \"""yaml
                      apiVersion: v1
                      kind: Namespace
                      metadata:
                        name: shop
                        labels:
                          kuma.io/sidecar-injection: enabled
                      \"""
                    """)
    public void resources(DocString yaml) {
        CurrentScenario scenario = CurrentScenario.get();
        scenario.declarations().resources(docString(scenario.step()));
    }

    @Given("^the policy:$")
    @Sentence(order = 22, value = "the policy:", says = """
            Declarations in the [Writ language](language.md), as a `.writ` file has them.""", example = """
                    Given the policy:
                      \"""
                      group tests {
                        workload ci/runner
                      }
                      permission kv-callers on workloads where app = "kv" {
                        allow group tests to GET "/health"
                      }
                      \"""
                    """)
    public void policy(DocString writ) {
        CurrentScenario scenario = CurrentScenario.get();
        scenario.declarations().policy(List.of(docString(scenario.step())));
    }

    @Given("^these workloads:$")
    @Sentence(
            order = 24,
            value = "these workloads:",
            says =
                    "A workload in each row, for a mesh without manifests. The column `workload` (`namespace/name`) is needed;"
                            + " `service account` (`default` where the cell is empty), `labels` (`name=value`, with commas) and `ports` (a"
                            + " number, and its protocol: `tcp` where nothing is said) may be left out.",
            example = """
                    Given these workloads:
                      | workload           | service account | labels       | ports           |
                      | kuma-demo/demo-app | demo            | app=demo-app | 5050 http, 9090 |
                      | kuma-demo/kv       | kv              | app=kv       | 5050 http       |
                    """)
    public void workloads(DataTable table) {
        CurrentScenario scenario = CurrentScenario.get();
        new DeclaringTable(TableCells.of(table, scenario.step())).declareWorkloads(scenario.declarations());
    }

    @Given("^these identities:$")
    @Sentence(
            order = 26,
            value = "these identities:",
            says =
                    "A MeshIdentity in each row. `identity` (its name) and `SPIFFE ID` (the template) are needed. It is for all"
                            + " workloads, or for those of a `namespace`, with these `labels`; where several are, the one with the most labels"
                            + " decides. The `provider` is `bundled`, with a CA of its own, where the cell is empty, or `spire`; `expiry` is how"
                            + " long a certificate lives (`24h`).",
            example = """
                    Given these identities:
                      | identity | SPIFFE ID                                                               | labels  |
                      | all      | spiffe://example.org/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}       |         |
                      | fronts   | spiffe://example.org/front/{{ label "app" }}                            | app=web |
                    """)
    public void identities(DataTable table) {
        CurrentScenario scenario = CurrentScenario.get();
        new DeclaringTable(TableCells.of(table, scenario.step())).declareIdentities(scenario.declarations());
    }

    @Given(PERMISSION + "workloads where (" + LABEL + "(?: and " + LABEL + ")*):$")
    @Sentence(
            order = 40,
            value = "the permission \"NAME\" on workloads where LABEL is \"VALUE\" [and LABEL is \"VALUE\"]:",
            says = "A permission on the workloads that have all these labels. The doc string holds Writ rules, or,"
                    + " with the media type `yaml`, the `rules` of a MeshTrafficPermission.",
            example = """
                    Given the permission "kv-callers" on workloads where app is "kv":
                      \"""
                      deny         spiffe://default.default.mesh.local/ns/kuma-demo/sa/untrusted
                      shadow-deny  spiffe://default.default.mesh.local/ns/legacy/**
                      allow        spiffe://default.default.mesh.local/ns/kuma-demo/**
                      allow        prefix "spiffe://default.default.mesh.local/ns/team-"
                      \"""
                    """)
    public void permissionByLabels(String name, String labels, DocString rules) {
        StepText step = CurrentScenario.get().step();
        Map<String, SourceText> required = new LinkedHashMap<>();
        Matcher label = LABELS.matcher(labels);
        while (label.find()) {
            required.put(label.group(1), step.text(label.group(1) + " is \"", label.group(2)));
        }
        permission(name, new TargetRef.Dataplanes(required, null, null, null), rules);
    }

    @Given(PERMISSION + "workload \"([^\"]+)\":$")
    @Sentence(
            order = 50,
            value = "the permission \"NAME\" on workload \"WORKLOAD\":",
            says = "A permission on one workload, `namespace/name`.",
            example = """
                    Given the permission "kv-callers" on workload "kuma-demo/kv":
                      \"""
                      allow spiffe://default.default.mesh.local/ns/kuma-demo/sa/default
                      \"""
                    """)
    public void permissionByName(String name, String workload, DocString rules) {
        SourceText words = CurrentScenario.get().step().text("workload \"", workload);
        permission(name, new TargetRef.OneWorkload(new Located<>(workload, words.span())), rules);
    }

    @Given(PERMISSION + "all workloads:$")
    @Sentence(
            order = 60,
            value = "the permission \"NAME\" on all workloads:",
            says = "A permission on the whole mesh.",
            example = """
                    Given the permission "mesh-wide" on all workloads:
                      \"""yaml
                      - default:
                          deny:
                            - spiffeID:
                                type: Exact
                                value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/untrusted
                      \"""
                    """)
    public void permissionOnAll(String name, DocString rules) {
        permission(name, new TargetRef.WholeMesh(), rules);
    }

    private static void permission(String name, TargetRef target, DocString rules) {
        CurrentScenario scenario = CurrentScenario.get();
        StepText step = scenario.step();
        scenario.declarations()
                .permission(step.text("permission \"", name), target, docString(step), rules.getContentType());
    }

    private static SourceText docString(StepText step) {
        return step.docString().orElseThrow();
    }
}
