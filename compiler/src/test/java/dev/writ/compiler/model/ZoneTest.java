package dev.writ.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.Compilation;
import dev.writ.compiler.PolicyCompiler;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several zones at once: what each control plane has, and what it does not see. */
class ZoneTest {
    private static final ModelOptions OPTIONS = ModelFixture.OPTIONS.withZones(
            List.of(new ZoneSources("east", "mesh/east"), new ZoneSources("west", "./mesh/west/")));

    @Test
    void aWorkloadBelongsToTheZoneInWhosePathItStands() {
        MeshModel model = compile(
                        file("mesh/east/app.yaml", workload("web")), file("mesh/west/app.yaml", workload("web")))
                .model();
        assertThat(model.workloads())
                .extracting(workload -> workload.key().zone() + " " + workload.key())
                .containsExactly("east kuma-demo/web", "west kuma-demo/web");
    }

    @Test
    void anIdentityOfTheGlobalControlPlaneIssuesInEachZoneThatZonesTrustDomain() {
        MeshModel model = compile(
                        file("mesh/identity.yaml", ModelFixture.IDENTITY),
                        file("mesh/east/app.yaml", workload("web")),
                        file("mesh/west/app.yaml", workload("web")))
                .model();
        assertThat(model.zonesOf("default"))
                .extracting(mesh -> mesh.zone() + " "
                        + mesh.trusts().stream().map(MeshTrust::trustDomain).toList())
                .containsExactly("east [default.east.mesh.local]", "west [default.west.mesh.local]");
    }

    @Test
    void aPermissionOfOneZoneIsNotSeenInTheOther() {
        MeshModel model = compile(
                        file("mesh/all.yaml", permission("everywhere")),
                        file("mesh/east/app.yaml", workload("web"), permission("only-east")),
                        file("mesh/west/app.yaml", workload("web")))
                .model();
        assertThat(model.meshes())
                .extracting(mesh -> mesh.zone() + " "
                        + mesh.permissions().stream().map(Permission::kri).toList())
                .containsExactly(
                        "east [kri_mtp_default__kuma-system_everywhere_, kri_mtp_default_east_kuma-system_only-east_]",
                        "west [kri_mtp_default__kuma-system_everywhere_]");
    }

    @Test
    void aZonesOwnPermissionBeatsTheGlobalOne() {
        MeshModel model = compile(file("mesh/all.yaml", permission("a")), file("mesh/east/app.yaml", permission("z")))
                .model();
        assertThat(model.meshes().getFirst().permissions())
                .extracting(Permission::name)
                .containsExactly("a", "z");
    }

    @Test
    void twoZonesMayHaveResourcesOfOneName() {
        Compilation compilation =
                compile(file("mesh/east/app.yaml", permission("mtp")), file("mesh/west/app.yaml", permission("mtp")));
        assertThat(compilation.diagnostics()).extracting(Diagnostic::id).doesNotContain(DiagnosticId.SCHEMA_DUPLICATE);
    }

    @Test
    void aWorkloadInNoZonesPathIsLeftOut() {
        Compilation compilation = compile(file("mesh/app.yaml", workload("web")));
        assertThat(compilation.model().workloads()).isEmpty();
        Diagnostic left = compilation.diagnostics().stream()
                .filter(diagnostic -> diagnostic.id() == DiagnosticId.ZONE_OTHER)
                .findFirst()
                .orElseThrow();
        assertThat(left.message()).isEqualTo("left out what stands in no zone's path: 1 Deployment");
        assertThat(ModelFixture.underlined(left)).isEqualTo("web");
    }

    @Test
    void ofTwoPathsTheLongerOneIsMeant() {
        ModelOptions nested = ModelFixture.OPTIONS.withZones(
                List.of(new ZoneSources("all", "mesh"), new ZoneSources("west", "mesh/west")));
        SourceFile file = new SourceFile("mesh/west/x.yaml", "");
        assertThat(nested.controlPlaneOf(file.span(0, 0))).isEqualTo("west");
        assertThat(nested.controlPlaneOf(new SourceFile("mesh/westward.yaml", "").span(0, 0)))
                .isEqualTo("all");
        assertThat(nested.controlPlaneOf(new SourceFile("other.yaml", "").span(0, 0)))
                .isEmpty();
    }

    private static Compilation compile(SourceFile... files) {
        Compilation compilation = PolicyCompiler.compile(List.of(files), List.of(), OPTIONS);
        assertThat(compilation.hasErrors())
                .as(compilation.diagnostics().toString())
                .isFalse();
        return compilation;
    }

    private static SourceFile file(String name, String... documents) {
        return new SourceFile(name, String.join("---\n", documents));
    }

    private static String workload(String name) {
        return ModelFixture.DEMO_NAMESPACE
                + "---\n" + ModelFixture.deployment("kuma-demo", name)
                + "---\n" + ModelFixture.service("kuma-demo", name);
    }

    private static String permission(String name) {
        return """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata:
                  name: %s
                  namespace: kuma-system
                spec:
                  rules:
                  - default:
                      allow:
                      - spiffeID:
                          type: Exact
                          value: spiffe://default.east.mesh.local/ns/kuma-demo/sa/default
                """.formatted(name);
    }
}
