package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Policy in the Writ language beside workloads in YAML, held against the config dumps of real proxies: what was imported is what the
 * recorded control plane had sent for the YAML.
 */
class VerifyWritTest {
    private static final Pattern IMPORTED =
            Pattern.compile("(?m)^type: (MeshIdentity|MeshTrust|MeshTrafficPermission)$");

    /** Where the language has one word for the selectors {@code Mesh} and {@code Dataplane} without labels, which Kuma puts in another order. */
    private static final String OTHER_ORDER = "07-mid-merge-mesh-dataplane-section";

    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> aProxyHasWhatTheImportedPolicySays() throws IOException {
        return RecordedProxies.all().stream()
                .map(recorded -> DynamicTest.dynamicTest(recorded.name(), () -> verify(recorded)));
    }

    private void verify(RecordedProxies recorded) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(recorded.name()));
        Path yaml = Files.writeString(folder.resolve("all.yaml"), recorded.resources());
        Path writ = folder.resolve("policy.writ");
        CommandRun imported = CommandRun.of("import", yaml, "--target", recorded.target(), "--out", writ);
        if (imported.exit() != ExitCode.FINE) {
            assertThat(imported.exit()).as(imported.err()).isEqualTo(ExitCode.NO);
            return;
        }
        Path rest = Files.writeString(folder.resolve("rest.yaml"), workloads(recorded));
        for (Path dump : recorded.dumps()) {
            CommandRun before = CommandRun.of("verify", yaml, "--dump", dump, "--target", recorded.target());
            CommandRun after = CommandRun.of("verify", writ, rest, "--dump", dump, "--target", recorded.target());
            if (recorded.name().equals(OTHER_ORDER)) {
                assertThat(after.out()).contains("a rule of `e-all-dataplanes` is not the one predicted");
            } else {
                assertThat(after.exit()).as(after.toString()).isEqualTo(before.exit());
            }
        }
    }

    private static String workloads(RecordedProxies recorded) throws IOException {
        List<String> left = new ArrayList<>();
        for (String document : recorded.resources().split("(?m)^---$", -1)) {
            if (!IMPORTED.matcher(document).find()) {
                left.add(document);
            }
        }
        return String.join("---", left);
    }
}
