package dev.writ.runtime.testing.steps;

import dev.writ.compiler.source.Located;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.TargetRef;
import dev.writ.runtime.testing.CurrentScenario;
import dev.writ.runtime.testing.feature.StepText;
import io.cucumber.docstring.DocString;
import io.cucumber.java.en.Given;
import java.util.LinkedHashMap;
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
            says = "The Kubernetes and Kuma resources of a file, or of a folder's YAML and JSON files. The path is"
                    + " relative to the feature file. May be said several times.",
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
