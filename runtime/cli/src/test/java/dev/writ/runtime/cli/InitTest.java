package dev.writ.runtime.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code writ init}: what it writes passes every command that looks at it, and it takes nothing away. */
final class InitTest {
    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("writ.root")));
    private static final Path DEMO = ROOT.resolve(Path.of("features", "kuma-demo"));

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "kuma, kuma-2.12",
        "kuma, kuma-2.13",
        "kuma, kuma-2.14",
        "kuma, kuma-3",
        "envoy, envoy",
    })
    void aNewProjectPassesAtOnce(String kind, String target) {
        Path project = folder.resolve("shop");
        CommandRun run = CommandRun.of("init", project, "--kind", kind, "--target", target);
        assertThat(run.exit()).as(run.err()).isZero();
        passes(project, List.of(project.resolve("policy")), target);
        assertThat(CommandRun.of("check", project.resolve("policy"), "--target", target)
                        .out())
                .contains("no findings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kuma-2.12", "kuma-2.13", "kuma-2.14", "kuma-3", "envoy"})
    void resourcesFromElsewhereAreCopied(String target) throws IOException {
        Path project = folder.resolve("shop");
        CommandRun run = CommandRun.of("init", project, "--from", DEMO, "--target", target);
        assertThat(run.exit()).as(run.err()).isZero();
        for (String name : List.of("identity.yaml", "kuma-demo.yaml", "permission.yaml")) {
            assertThat(project.resolve("policy").resolve(name)).hasSameTextualContentAs(DEMO.resolve(name));
        }
        passes(project, List.of(project.resolve("policy")), target);
    }

    @Test
    void resourcesInsideTheProjectStayWhereTheyAre() throws IOException {
        copyDemo(folder.resolve("k8s"));
        Path more = Files.createDirectories(folder.resolve("mesh"));
        Files.move(folder.resolve("k8s/permission.yaml"), more.resolve("permission.yaml"));
        CommandRun run = CommandRun.of("init", folder, "--from", folder.resolve("k8s"), more);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(folder.resolve("policy")).doesNotExist();
        assertThat(folder.resolve("features/access.feature"))
                .content()
                .contains("in \"../k8s\"", "in \"../mesh\"", "| kuma-demo/kv ");
        passes(folder, List.of(folder.resolve("k8s"), more), "kuma-2.14");
    }

    @Test
    void aChangedPermissionFailsTheFeatureOfToday() throws IOException {
        CommandRun.of("init", folder, "--from", DEMO);
        Path permission = folder.resolve("policy/permission.yaml");
        Files.writeString(permission, Files.readString(permission).replace("ns/kuma-demo", "ns/other"));
        CommandRun run = CommandRun.of("test", folder.resolve("features"), "--judge", "model");
        assertThat(run.exit()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("expected allow, got deny");
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("features")).resolve("access.feature");
        Files.writeString(mine, "Feature: mine\n");
        CommandRun run = CommandRun.of("init", folder, "--kind", "envoy");
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(mine + "` is there already", "nothing was written");
        assertThat(mine).hasContent("Feature: mine\n");
        assertThat(files()).containsExactly("features/access.feature");
    }

    @Test
    void aReadmeAndAGitignoreStayAsTheyAre() throws IOException {
        Files.writeString(folder.resolve("README.md"), "mine\n");
        CommandRun run = CommandRun.of("init", folder, "--kind", "kuma");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("README.md: left as it is");
        assertThat(folder.resolve("README.md")).hasContent("mine\n");
        assertThat(folder.resolve(".gitignore")).content().contains("/build/");
    }

    @Test
    void inAFolderOfARepositoryTheWorkflowIsWhereCiLooksForIt() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Path project = folder.resolve("teams/shop");
        CommandRun run = CommandRun.of("init", project, "--kind", "kuma");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(folder.resolve(".github/workflows/shop-policy.yml"))
                .content()
                .contains("sources: teams/shop/policy", "golden: teams/shop/golden", "features: teams/shop/features");
        assertThat(project.resolve("README.md")).content().contains("writ diff main:teams/shop/policy policy");
        assertThat(project.resolve(".github")).doesNotExist();
    }

    @Test
    void sourcesWithErrorsMakeNoProject() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "kind: MeshTrafficPermission\nspec: [\n");
        CommandRun run = CommandRun.of("init", folder.resolve("shop"), "--from", broken);
        assertThat(run.exit()).isEqualTo(ExitCode.NO);
        assertThat(run.err()).contains("broken.yaml:3:1: error[", "nothing was written");
        assertThat(folder.resolve("shop")).doesNotExist();
    }

    @Test
    void aPolicyWithoutWorkloadsHasNoCallToTest() {
        CommandRun run = CommandRun.of("init", folder.resolve("shop"), "--from", DEMO.resolve("permission.yaml"));
        assertThat(run.exit()).isEqualTo(ExitCode.NO);
        assertThat(run.err()).contains("no workload that can be called");
        assertThat(folder.resolve("shop")).doesNotExist();
    }

    @Test
    void secretsAreNotCopied() throws IOException {
        Path secret = Files.writeString(
                folder.resolve("all.yaml"), "apiVersion: v1\nkind: Secret\nmetadata: {name: ca, namespace: shop}\n");
        CommandRun run = CommandRun.of("init", folder.resolve("shop"), "--from", secret);
        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("holds a Secret");
        assertThat(folder.resolve("shop")).doesNotExist();
    }

    private static void passes(Path project, List<Path> sources, String target) {
        Object[] of = sources.toArray();
        ok(CommandRun.of(words("check", of, "--target", target)));
        // Each start of Envoy costs a second or two.
        String judge = target.equals("kuma-2.14") || target.equals("envoy") ? "all" : "snapshot";
        ok(CommandRun.of("test", project.resolve("features"), "--judge", judge));
        ok(CommandRun.of("fmt", "--check", project.resolve("features/access.feature"), sources.getFirst()));
        ok(CommandRun.of(words("golden", of, "--dir", project.resolve("golden"), "--check", "--target", target)));
    }

    private static Object[] words(String command, Object[] sources, Object... options) {
        return Stream.of(Stream.of((Object) command), Stream.of(sources), Stream.of(options))
                .flatMap(words -> words)
                .toArray();
    }

    private static void ok(CommandRun run) {
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
    }

    private static void copyDemo(Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("identity.yaml", "kuma-demo.yaml", "permission.yaml")) {
            Files.copy(DEMO.resolve(name), to.resolve(name));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
