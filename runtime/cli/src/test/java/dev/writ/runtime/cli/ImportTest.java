package dev.writ.runtime.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code writ import}: what it writes decides as the sources, by the judges and not only by its own proof. */
final class ImportTest {
    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("writ.root")));
    private static final Path DEMO = ROOT.resolve(Path.of("features", "kuma-demo"));

    private static final List<String> CALLERS = List.of(
            "spiffe://default.default.mesh.local/ns/kuma-demo/sa/default",
            "spiffe://default.default.mesh.local/ns/kuma-demo",
            "spiffe://default.default.mesh.local/ns/kuma-demo-2/sa/web",
            "spiffe://default.default.mesh.local/ns/other/sa/web",
            "spiffe://partner.example/ns/kuma-demo/sa/default",
            "anonymous",
            "plaintext");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theDemoDecidesAsBefore() throws IOException {
        Path policy = folder.resolve("policy.writ");
        CommandRun run = CommandRun.of("import", DEMO, "--out", policy);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("proved to decide as before, for 3 workloads");
        assertThat(CommandRun.of("fmt", "--check", policy).exit()).isZero();
        assertThat(Files.readString(policy))
                .contains("allow prefix \"spiffe://default.default.mesh.local/ns/kuma-demo\"");
        for (String caller : CALLERS) {
            String[] call = {"--from", caller, "--to", "kuma-demo/kv", "--judge", "model", "--format", "json"};
            String before = decision(CommandRun.of((Object[]) words("explain", DEMO.toString(), call)));
            String after = decision(CommandRun.of((Object[]) words(
                    "explain",
                    policy.toString(),
                    words(DEMO.resolve("kuma-demo.yaml").toString(), "", call))));
            assertThat(after).as(caller).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kuma-2.12", "kuma-2.13", "kuma-2.14", "kuma-3"})
    void eachRecordedPolicyIsImportedOrRefusedWithAPlace(String target) throws IOException {
        Path recorded = ROOT.resolve("../shared/kuma/scenarios");
        assumeThat(recorded).isDirectory();
        int imported = 0;
        try (Stream<Path> scenarios = Files.list(recorded)) {
            for (Path scenario : scenarios.sorted().toList()) {
                Path policy = folder.resolve(scenario.getFileName() + ".writ");
                CommandRun run =
                        CommandRun.of("import", scenario.resolve("input.yaml"), "--target", target, "--out", policy);
                if (run.exit() == ExitCode.FINE) {
                    imported++;
                    assertThat(CommandRun.of("check", policy).exit())
                            .as(scenario.toString())
                            .isZero();
                } else {
                    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.NO);
                    assertThat(run.err()).as(scenario.toString()).containsPattern("error\\[|nothing was imported");
                    assertThat(policy).doesNotExist();
                }
            }
        }
        assertThat(imported).isGreaterThanOrEqualTo(10);
    }

    @Test
    void twoPermissionsOfOneNameKeepApart() throws IOException {
        String kv = permission("callers", "shop", "app: kv", "spiffe://default.default.mesh.local/ns/shop/sa/web");
        String web =
                permission("callers", "kuma-system", "app: web", "spiffe://default.default.mesh.local/ns/shop/sa/kv");
        CommandRun run = imported(kv + web);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "permission callers on workloads",
                        "permission shop-callers on workloads in namespace \"shop\"");
    }

    @Test
    void wordsOfTheLanguageAndQuotesAreNames() throws IOException {
        CommandRun run =
                imported(permission("allow", "kuma-system", "\"allow\": \"a \\\"b\\\"\"", "spiffe://example.org/a"));
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("permission allow on workloads where allow = \"a \\\"b\\\"\"");
    }

    @Test
    void aFileThatIsThereIsWrittenOverOnlyByForce() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.writ"), "# mine\n");
        CommandRun refused = CommandRun.of("import", DEMO, "--out", policy);
        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("is there already");
        assertThat(Files.readString(policy)).isEqualTo("# mine\n");
        assertThat(CommandRun.of("import", DEMO, "--out", policy, "--force").exit())
                .isZero();
        assertThat(Files.readString(policy)).startsWith("mesh default\n");
    }

    @Test
    void withoutWorkloadsThereIsNothingToProveItOn() throws IOException {
        Path alone = Files.writeString(
                folder.resolve("alone.yaml"), permission("p", "kuma-system", "app: kv", "spiffe://example.org/a"));
        CommandRun run = CommandRun.of("import", alone, "--target", "kuma-3");
        assertThat(run.exit()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("hold no workload");
    }

    private CommandRun imported(String permissions) throws IOException {
        Path sources = Files.writeString(folder.resolve("sources.yaml"), permissions + """
                ---
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: shop
                  labels: {kuma.io/sidecar-injection: enabled}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: kv
                  namespace: shop
                  labels: {app: kv}
                spec:
                  containers: [{name: kv, ports: [{containerPort: 5050}]}]
                """);
        return CommandRun.of("import", sources, "--target", "kuma-3");
    }

    private static String permission(String name, String namespace, String label, String allowed) {
        return """
                ---
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata:
                  name: %s
                  namespace: %s
                  labels: {kuma.io/mesh: default}
                spec:
                  targetRef: {kind: Dataplane, labels: {%s}}
                  rules:
                  - default:
                      allow:
                      - spiffeID: {type: Exact, value: "%s"}
                """.formatted(name, namespace, label, allowed);
    }

    private static String[] words(String first, String second, String... more) {
        return Stream.concat(Stream.of(first, second), Stream.of(more))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }

    private static String decision(CommandRun run) {
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out()
                .lines()
                .filter(line -> line.contains("\"decision\""))
                .findFirst()
                .orElseThrow();
    }
}
