package dev.writ.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code writ verify} on the config dumps of real proxies, recorded with what was applied: no difference but where the proxy did not
 * have what the control plane would send it in the end.
 */
class VerifyRecordedProxiesTest {
    private static final String LAGS =
            "(?s).*: (the TLS is missing|the TLS was not predicted|an accepted SAN is missing)\n  in         calls of the MeshService `kv`.*";

    /** Why, by scenario and dataplane. */
    private static final Map<String, String> DIFFERENCES = Map.of(
            // No SPIRE agent was there: the listener and the cluster wait for their secrets, and the recorder kept
            // active clusters.
            "14-mid-spire demo-app-1", LAGS,
            "14-mid-spire kv-1", "(?s).*the listener `self_inbound_dp_http` still waits for its secrets.*",
            // The MeshService's status had no identity of its workloads yet, or none any more.
            "15-mid-two-trust-domains demo-app-1", LAGS,
            "21-hazard-trailing-slash-prefix-rejected demo-app-1", LAGS,
            "26-hazard-failopen-identity-unselected demo-app-1", LAGS);

    /** Nothing can be predicted: an error of the policy, for which the proxies keep what they have. */
    private static final Map<String, String> KEPT = Map.of(
            "24-hazard-empty-match", "permission.empty-match",
            "27-hazard-template-runtime-error", "template.unknown-variable");

    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> aProxyHasWhatIsPredicted() throws IOException {
        return RecordedProxies.all().stream()
                .flatMap(recorded -> dumps(recorded)
                        .map(dump -> DynamicTest.dynamicTest(
                                recorded.name() + " " + dataplane(dump), () -> verify(recorded, dump))));
    }

    @Test
    void theRecordingsAreThere() throws IOException {
        Assumptions.assumeFalse(RecordedProxies.all().isEmpty(), "no recorded scenarios");
        assertThat(RecordedProxies.all()).hasSize(25);
    }

    private void verify(RecordedProxies recorded, Path dump) throws IOException {
        Path sources = temporary.resolve(recorded.name() + ".yaml");
        Files.writeString(sources, recorded.resources());
        CommandRun run = CommandRun.of("verify", sources, "--dump", dump, "--target", recorded.target());
        String kept = KEPT.get(recorded.name());
        String difference = DIFFERENCES.get(recorded.name() + " " + dataplane(dump));
        if (kept != null) {
            assertThat(run.exit()).isEqualTo(ExitCode.NO);
            assertThat(run.err()).contains("error[" + kept + "]");
        } else if (run.exit() == ExitCode.FINE) {
            assertThat(run.out()).startsWith("the proxy of ").contains(dataplane(dump) + " is as predicted");
        } else {
            assertThat(difference).as(run.toString()).isNotNull();
            assertThat(run.out()).matches(difference);
            assertThat(run.exit()).isEqualTo(ExitCode.NO);
        }
    }

    private static Stream<Path> dumps(RecordedProxies recorded) {
        try {
            return recorded.dumps().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String dataplane(Path dump) {
        return dump.getFileName().toString().replaceAll("^envoy-|\\.json$", "");
    }
}
