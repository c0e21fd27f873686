package dev.writ.runtime.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.writ.runtime.cli.WritCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each incident that is a feature is told by it: a copy with a mistake in its policy fails. */
class BrokenIncidentsTest {
    private static final Path FEATURES = Path.of(System.getProperty("writ.root"), "features");

    @TempDir
    private Path folder;

    @BeforeEach
    void copyFeatures() throws IOException {
        try (Stream<Path> files = Files.walk(FEATURES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(FEATURES.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static int test(Path feature) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return new WritCli(InputStream.nullInputStream(), nowhere, nowhere, Map.of())
                .run("test", "--judge", "model", feature.toString());
    }

    /** The incident and the mistake; the feature; the file of the policy, what is right in it, and the mistake there. */
    static Stream<Arguments> incidents() {
        return Stream.of(
                arguments(
                        "kumahq/kuma#16873: a deny that names another",
                        "hazards/order.feature",
                        "hazards/order.feature",
                        "value: spiffe://default.default.mesh.local/ns/evil/sa/default",
                        "value: spiffe://default.default.mesh.local/ns/evil/sa/other"),
                arguments(
                        "kumahq/kuma#16873: the allow of one workload only",
                        "hazards/order.feature",
                        "hazards/order.feature",
                        "permission \"mesh-allow\" on all workloads",
                        "permission \"mesh-allow\" on workloads where app is \"demo-app\""),
                arguments(
                        "kumahq/kuma#15438: a prefix shorter than its trust domain",
                        "hazards/prefix.feature",
                        "kuma-demo/permission.yaml",
                        "mesh.local/ns/kuma-demo",
                        "mesh.loca"),
                arguments(
                        "the guide's open prefix, a character shorter",
                        "hazards/prefix.feature",
                        "kuma-demo/permission.yaml",
                        "ns/kuma-demo",
                        "ns/kuma-dem"),
                arguments(
                        "the guide's prefix for another namespace",
                        "kuma-demo/guide.feature",
                        "kuma-demo/permission.yaml",
                        "ns/kuma-demo",
                        "ns/kuma-demos"),
                arguments(
                        "the guide's draft for another service account",
                        "guide-draft/draft.feature",
                        "guide-draft/draft.feature",
                        "value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/default",
                        "value: spiffe://default.default.mesh.local/ns/kuma-demo/sa/other"),
                arguments(
                        "istio/istio#35626: an empty match left out",
                        "hazards/empty-match.feature",
                        "hazards/empty-match.feature",
                        "- {}",
                        "- spiffeID: {type: Exact, value: spiffe://x/y}"),
                arguments(
                        "istio.io#9524: an identity that is back",
                        "hazards/plaintext.feature",
                        "hazards/plaintext.feature",
                        "                app: demo-app",
                        "                k8s.kuma.io/namespace: kuma-demo"),
                arguments(
                        "kumahq/kuma#8459: a shadow deny of another",
                        "hazards/shadow.feature",
                        "hazards/shadow.feature",
                        "value: spiffe://default.default.mesh.local/ns/other/sa/x",
                        "value: spiffe://default.default.mesh.local/ns/other/sa/y"),
                arguments(
                        "envoyproxy/envoy#9237: an exact ID of several made a prefix",
                        "hazards/several-sans.feature",
                        "hazards/several-sans.feature",
                        "type: Exact",
                        "type: Prefix"),
                arguments(
                        "a trust domain whose trust follows it",
                        "hazards/stale.feature",
                        "hazards/edited-trust-domain.yaml",
                        "trustDomain: edited.mesh.local",
                        "trustDomain: default.default.mesh.local"),
                arguments(
                        "a trust domain of another label",
                        "hazards/templates.feature",
                        "hazards/templates.feature",
                        "app: of-the-identity",
                        "app: demo-app"),
                arguments(
                        "a permission for nobody",
                        "hazards/certificates.feature",
                        "kuma-demo/permission.yaml",
                        "ns/kuma-demo",
                        "ns/nobody"),
                arguments(
                        "kumahq/kuma#14340: the old certificates left out",
                        "migration/builtin-to-mesh-identity.feature",
                        "migration/rules.yaml",
                        "type: Prefix",
                        "type: Exact"),
                arguments(
                        "kumahq/kuma#14098: the new identity left out",
                        "migration/builtin-to-mesh-identity.feature",
                        "migration/rules.yaml",
                        "sa/default",
                        "sa/demo-app"),
                arguments(
                        "SPIRE: a permission of another trust domain",
                        "kong-mesh-spire/guide.feature",
                        "kong-mesh-spire/permission.yaml",
                        "spiffe://",
                        "spiffe://x."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incidents")
    void aMistakeInThePolicyFailsItsFeature(String incident, Path feature, Path policy, String right, String wrong)
            throws IOException {
        assertThat(test(folder.resolve(feature))).as(incident).isZero();
        Path broken = folder.resolve(policy);
        String text = Files.readString(broken);
        assertThat(text).as(incident).contains(right);
        Files.writeString(broken, text.replace(right, wrong));
        assertThat(test(folder.resolve(feature))).as(incident).isEqualTo(1);
    }
}
