package dev.writ.runtime.testing.steps;

import dev.writ.runtime.testing.CurrentScenario;
import io.cucumber.java.en.Given;

/** The steps that say which control plane a policy is for, and what it has at hand. */
public final class ControlPlaneSteps {

    @Given("^the zone is \"([^\"]+)\"$")
    @Sentence(
            order = 30,
            value = "the zone is \"ZONE\"",
            says = "The zone whose control plane is predicted; `default` where no step says one.",
            example = "Given the zone is \"east\"")
    public void zone(String zone) {
        CurrentScenario.get().declarations().zone(zone);
    }

    @Given("^the target \"([^\"]+)\"$")
    @Sentence(
            order = 25,
            value = "the target \"TARGET\"",
            says =
                    "What the policy is compiled for, and so what the judges judge by: `envoy` where no step says one, or a"
                            + " version of Kuma's control plane: `kuma-2.12`, `kuma-2.13`, `kuma-2.14`, `kuma-3`.",
            example = "Given the target \"kuma-2.14\"")
    public void target(String target) {
        CurrentScenario scenario = CurrentScenario.get();
        scenario.declarations().target(scenario.step().text("target \"", target));
    }

    @Given("^the zone \"([^\"]+)\" with the resources in \"([^\"]+)\"$")
    @Sentence(
            order = 35,
            value = "the zone \"ZONE\" with the resources in \"PATH\"",
            says =
                    "One of several zones: what is read from the path is applied to its control plane, the resources of other"
                            + " steps to the global one, which hands them on. Say it once for each zone, each with a path of its own.",
            example = "Given the zone \"east\" with the resources in \"east\"")
    public void zoneWithResources(String zone, String path) {
        CurrentScenario scenario = CurrentScenario.get();
        scenario.declarations().zoneWithResources(zone, scenario.step().text("in \"", path));
    }

    @Given("^the files of the control plane in \"([^\"]+)\"$")
    @Sentence(
            order = 36,
            value = "the files of the control plane in \"PATH\"",
            says =
                    "The folder that stands for the control plane's file system, for the CAs of MeshIdentities that are read from"
                            + " files. The path is relative to the feature file.",
            example = "Given the files of the control plane in \"files\"")
    public void files(String path) {
        CurrentScenario scenario = CurrentScenario.get();
        scenario.declarations().files(scenario.step().text("in \"", path));
    }

    @Given("^the trust domain of the SPIRE server is \"([^\"]+)\"$")
    @Sentence(
            order = 37,
            value = "the trust domain of the SPIRE server is \"TRUST-DOMAIN\"",
            says = "In what trust domain the SPIRE server issues; a MeshIdentity of SPIRE with another one is found.",
            example = "Given the trust domain of the SPIRE server is \"example.org\"")
    public void spireTrustDomain(String trustDomain) {
        CurrentScenario.get().declarations().spireTrustDomain(trustDomain);
    }

    @Given("^the dataplane tokens carry the workload \"([^\"]+)\"$")
    @Sentence(
            order = 38,
            value = "the dataplane tokens carry the workload \"WORKLOAD\"",
            says =
                    "The workload of universal dataplanes without the label `kuma.io/workload`: what their token was generated"
                            + " with (`kumactl generate dataplane-token --workload`).",
            example = "Given the dataplane tokens carry the workload \"web\"")
    public void tokenWorkload(String workload) {
        CurrentScenario.get().declarations().tokenWorkload(workload);
    }
}
