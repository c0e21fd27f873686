package dev.writ.runtime.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.writ.runtime.proxy.EnvoyLocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code writ watch}, driven by changes of files. */
final class WatchTest {
    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("writ.root")));

    @TempDir
    private Path folder = Path.of("");

    private Path policy = Path.of("");
    private Path permission = Path.of("");

    @BeforeEach
    void demo() throws IOException {
        policy = Files.createDirectories(folder.resolve("policy"));
        for (String name : List.of("identity.yaml", "kuma-demo.yaml", "permission.yaml", "guide.feature")) {
            Files.copy(ROOT.resolve("features/kuma-demo").resolve(name), policy.resolve(name));
        }
        permission = policy.resolve("permission.yaml");
    }

    @Test
    void checkShowsWhatIsNewAndWhatIsFixed() throws Exception {
        try (WatchRun run = WatchRun.of("check", policy)) {
            assertThat(run.untilItWaits())
                    .contains("warning[permission.open-prefix]", "3 files checked: 1 warning, 1 note");

            edit(policy.resolve("identity.yaml"), ".Namespace", ".Namspace");
            assertThat(run.untilItWaits())
                    .contains("identity.yaml changed", "identity.yaml:14:19: error[template.unknown-variable]")
                    .doesNotContain("fixed");

            edit(policy.resolve("identity.yaml"), ".Namspace", ".Namespace");
            assertThat(run.untilItWaits())
                    .contains("identity.yaml: fixed: error[template.unknown-variable]")
                    .doesNotContain("spiffe-id.duplicate", "namespace `kuma-demo-2`");

            edit(permission, "ns/kuma-demo", "ns/kuma-demo/sa");
            assertThat(run.untilItWaits())
                    .contains("permission.yaml: fixed: warning[permission.open-prefix]", "3 files checked: 1 note")
                    .doesNotContain("spiffe-id.duplicate");
            assertThat(run.end()).isZero();
        }
    }

    @Test
    void aFileThatIsNoLongerYamlIsReportedAndWatchedOn() throws Exception {
        String good = Files.readString(permission);
        try (WatchRun run = WatchRun.of("check", policy)) {
            run.untilItWaits();
            Files.writeString(permission, "spec: [\n");
            assertThat(run.untilItWaits()).contains("permission.yaml:2:1: error[source.syntax]");
            Files.delete(permission);
            assertThat(run.untilItWaits()).contains("2 files checked");
            Files.writeString(permission, good);
            assertThat(run.untilItWaits()).contains("warning[permission.open-prefix]", "3 files checked");
        }
    }

    @Test
    void anEditorThatWritesBesideAndRenamesIsSeenOnce() throws Exception {
        try (WatchRun run = WatchRun.of("check", policy)) {
            run.untilItWaits();
            String text = Files.readString(permission).replace("ns/kuma-demo", "ns/kuma-demo/sa");
            Path beside = Files.writeString(policy.resolve(".permission.yaml.swp"), text);
            Files.move(permission, policy.resolve("permission.yaml~"));
            Files.move(beside, permission, StandardCopyOption.ATOMIC_MOVE);
            assertThat(run.untilItWaits())
                    .contains("permission.yaml changed", "fixed: warning[permission.open-prefix]");

            // Saved as it was, and a file that is no source: nothing to say, so the next words are about the change
            // behind it.
            Files.writeString(permission, text);
            Files.writeString(policy.resolve("notes.txt"), "buy milk");
            edit(policy.resolve("identity.yaml"), "expiry: 24h", "expiry: 12h");
            assertThat(run.untilItWaits()).contains("identity.yaml changed").doesNotContain("permission.yaml", "notes");
        }
    }

    @Test
    void compileWritesTheWorkloadsThatChanged() throws Exception {
        Path out = folder.resolve("out");
        Files.writeString(policy.resolve("kv.yaml"), """
                apiVersion: kuma.io/v1alpha1
                kind: MeshTrafficPermission
                metadata: {name: kv, namespace: kuma-demo, labels: {kuma.io/mesh: default}}
                spec:
                  targetRef: {kind: Dataplane, labels: {app: kv}}
                  rules: [{default: {allow: [{spiffeID: {type: Exact, value: "spiffe://default.default.mesh.local/ns/a/sa/b"}}]}}]
                """);
        try (WatchRun run = WatchRun.of("compile", policy, "--out", out)) {
            assertThat(run.untilItWaits()).contains("3 workloads compiled into " + out, "proved for 3 inbounds");
            FileTime long1970 = FileTime.fromMillis(0);
            Path app = Files.setLastModifiedTime(out.resolve("kuma-demo/demo-app/envoy.yaml"), long1970);

            edit(policy.resolve("kv.yaml"), "ns/a/sa/b", "ns/a/sa/c");
            assertThat(run.untilItWaits())
                    .contains(
                            out.resolve("kuma-demo/kv/envoy.yaml") + "\n",
                            "1 workload compiled",
                            "proved for 1 inbound")
                    .doesNotContain("demo-app");
            assertThat(out.resolve("kuma-demo/kv/envoy.yaml")).content().contains("ns/a/sa/c");
            assertThat(Files.getLastModifiedTime(app)).isEqualTo(long1970);

            Files.writeString(
                    policy.resolve("kv.yaml"), "# only words\n" + Files.readString(policy.resolve("kv.yaml")));
            assertThat(run.untilItWaits()).contains("nothing to write: no config has changed");
        }
    }

    @Test
    void testRunsTheFeaturesThatAChangedFileBelongsTo() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("groups.writ"), "group probes {\n  workload shop/web\n}\n");
        Files.writeString(other.resolve("shop.writ"), """
                include "groups.writ"
                mesh default
                identity all {
                  id "spiffe://shop.example/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
                  issue bundled { autogenerate  self-signed }
                }
                workload shop/web {
                  service-account web
                  port 80
                }
                permission web on workloads {
                  allow group probes
                }
                """);
        Path feature = Files.writeString(other.resolve("shop.feature"), """
                Feature: the shop
                  Scenario: probes
                    Given the resources in "shop.writ"
                    When "shop/web" calls "shop/web"
                    Then the call is allowed
                """);
        try (WatchRun run = WatchRun.of("test", folder, "--judge", "model")) {
            assertThat(run.untilItWaits()).contains("12 scenarios: 12 passed");

            edit(permission, "ns/kuma-demo", "ns/other");
            assertThat(run.untilItWaits())
                    .contains("permission.yaml changed: 1 of 2 features", "guide.feature:", "failed")
                    .doesNotContain("shop.feature");

            edit(other.resolve("groups.writ"), "workload shop/web", "spiffe://shop.example/ns/ops/sa/prober");
            assertThat(run.untilItWaits())
                    .contains(
                            "groups.writ changed: 1 of 2 features", "shop.feature:", "1 scenario: 0 passed, 1 failed");

            edit(feature, "Then the", "Than the");
            assertThat(run.untilItWaits()).contains("shop.feature changed: 1 of 2 features", "error[");

            Files.writeString(
                    other.resolve("second.feature"),
                    Files.readString(policy.resolve("guide.feature"))
                            .replace("\"kuma", "\"../policy/kuma")
                            .replace("\"ide", "\"../policy/ide")
                            .replace("\"perm", "\"../policy/perm"));
            assertThat(run.untilItWaits()).contains("second.feature changed: 1 of 3 features");
        }
    }

    @Test
    void anEnvoyIsKeptWhileItsConfigIsTheSame() throws Exception {
        assumeThat(new EnvoyLocator().find()).isPresent();
        Path feature = policy.resolve("one.feature");
        Files.delete(policy.resolve("guide.feature"));
        Files.writeString(feature, """
                Feature: one policy
                  Scenario: a neighbour
                    Given the resources in "."
                    When "kuma-demo/demo-app" calls "kuma-demo/kv"
                    Then the call is allowed
                """);
        Set<Long> others = children();
        try (WatchRun run = WatchRun.of("test", feature)) {
            assertThat(run.untilItWaits()).contains("1 scenario: 1 passed");
            Set<Long> first = started(others);
            assertThat(first).isNotEmpty();

            edit(feature, "the call is allowed", "the call is denied");
            assertThat(run.untilItWaits()).contains("1 scenario: 0 passed, 1 failed");
            assertThat(started(others)).isEqualTo(first);

            edit(feature, "Then the", "Than the");
            assertThat(run.untilItWaits()).contains("error[");
            assertThat(started(others)).isEqualTo(first);

            run.end();
            assertThat(started(others)).isEmpty();
        }
    }

    @Test
    void whatCannotBeWatchedIsWrongUsage() {
        assertThat(CommandRun.of("watch").err()).contains("name what to watch: check, compile or test");
        assertThat(CommandRun.of("watch", "ids", policy).exit()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandRun.of("watch", "check", "-").err()).contains("stdin cannot be watched");
        CommandRun missing = CommandRun.of("watch", "check", folder.resolve("nowhere"));
        assertThat(missing.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.out()).contains("there is no such source");
        CommandRun tags = CommandRun.of("watch", "test", policy, "--tags", "@a and");
        assertThat(tags.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(tags.err()).contains("is no expression of tags");
        assertThat(CommandRun.of("watch", "test", "--help").out()).contains("Usage: writ watch test", "--judge");
    }

    private static Set<Long> started(Set<Long> others) {
        return children().stream().filter(pid -> !others.contains(pid)).collect(Collectors.toSet());
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
