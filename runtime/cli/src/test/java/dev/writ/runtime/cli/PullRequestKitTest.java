package dev.writ.runtime.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The action's steps, one after the other, on a pull request of a scratch repository, with GitHub played by a loopback server. */
final class PullRequestKitTest {
    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("writ.root")));
    private static final Path ACTION = ROOT.resolve(".github/actions/writ");
    private static final String SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin";

    @TempDir
    private Path folder = Path.of("");

    private Path repository = Path.of("");
    private Path runner = Path.of("");
    private String base = "";

    private record Outcome(int exit, String output) {}

    @BeforeEach
    void aPullRequest() throws Exception {
        for (String program : List.of("bash", "git", "jq", "curl", "tar")) {
            assumeThat(run(folder, Map.of(), "bash", "-c", "command -v " + program)
                            .exit())
                    .as(program)
                    .isZero();
        }
        runner = Files.createDirectories(folder.resolve("runner"));
        repository = Files.createDirectories(folder.resolve("mesh"));
        git("init", "--quiet", "--initial-branch=main");
        assertThat(CommandRun.of("init", repository, "--kind", "kuma").exit()).isZero();
        git("add", "-A");
        git("commit", "--quiet", "-m", "The policy");
        base = git("rev-parse", "HEAD").strip();
        Path home = Files.createDirectories(folder.resolve("archive/writ-test/bin"));
        Path writ = Files.writeString(home.resolve("writ"), """
                #!/bin/sh
                exec "%s" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -Xlog:all=off:stderr -cp "%s" dev.writ.runtime.cli.WritCli "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin/java"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(writ, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run(folder, Map.of(), "tar", "-czf", "writ.tar.gz", "-C", "archive", "writ-test")
                        .exit())
                .isZero();
        Outcome install = step(
                "install.sh",
                Map.of("WRIT_ARCHIVE", folder.resolve("writ.tar.gz").toString()));
        assertThat(install.exit()).as(install.output()).isZero();
        assertThat(runner.resolve("path"))
                .content()
                .contains(runner.resolve("writ/home/bin").toString());
    }

    @Test
    void theFirstRunCommentsAndTheNextOnesUpdateThatComment() throws Exception {
        edit("policy/permissions.yaml", "type: Exact", "type: Prefix");
        try (CommentServer github = new CommentServer(120, true)) {
            Outcome first = allSteps(github, "secret-token");
            assertThat(first.exit()).as(first.output()).isEqualTo(1);
            assertThat(github.bodies(120))
                    .singleElement()
                    .asString()
                    .startsWith("<!-- writ: policy -->\n")
                    .contains(
                            "### Who may call whom",
                            "newly allowed",
                            "spiffe://default.default.mesh.local/ns/shop/sa/web")
                    .contains("| ✅ | `writ check` | 4 files checked: 1 warning |")
                    .contains("| ❌ | `writ test` |", "| ❌ | `writ golden` | 2 snapshot files: 1 changed")
                    .contains("```diff\n");
            assertThat(github.requests()).hasSize(3).allMatch(request -> request.endsWith(" Bearer secret-token"));
            assertThat(first.output()).doesNotContain("secret-token");

            edit("policy/permissions.yaml", "type: Prefix", "type: Exact");
            Outcome second = allSteps(github, "secret-token");
            assertThat(second.exit()).as(second.output()).isZero();
            assertThat(github.requests().subList(3, 6))
                    .satisfiesExactly(
                            page -> assertThat(page).startsWith("GET ").contains("&page=1"),
                            page -> assertThat(page).startsWith("GET ").contains("&page=2"),
                            update -> assertThat(update).startsWith("PATCH /repos/team/mesh/issues/comments/121 "));
            assertThat(github.bodies(120))
                    .singleElement()
                    .asString()
                    .contains("no difference", "| ✅ | `writ golden` |")
                    .doesNotContain("<details>");
        }
        assertThat(runner.resolve("summary")).doesNotExist();
        assertThat(runner.resolve("writ/junit.xml")).content().contains("<testsuite");
        assertThat(runner.resolve("writ/check.sarif")).content().contains("\"2.1.0\"");
    }

    @Test
    void aForkWithoutATokenWritesToTheSummary() throws Exception {
        try (CommentServer github = new CommentServer(0, true)) {
            Map<String, String> inputs = inputs(github, "");
            assertThat(step("diff.sh", inputs).exit()).isZero();
            assertThat(step("comment.sh", inputs).exit()).isZero();
            assertThat(github.requests()).isEmpty();
        }
        assertThat(runner.resolve("summary")).content().contains("### Who may call whom", "no difference");
    }

    @Test
    void aTokenThatMayNotWriteLeavesTheSummary() throws Exception {
        try (CommentServer github = new CommentServer(0, false)) {
            Map<String, String> inputs = inputs(github, "read-only");
            assertThat(step("diff.sh", inputs).exit()).isZero();
            Outcome comment = step("comment.sh", inputs);
            assertThat(comment.exit()).as(comment.output()).isZero();
            assertThat(comment.output()).contains("may not write comments");
        }
        assertThat(runner.resolve("summary")).content().contains("### Who may call whom");
    }

    @Test
    void aBrokenPolicyIsCommentedOnAndFails() throws Exception {
        edit("policy/identity.yaml", ".Namespace", ".Namspace");
        try (CommentServer github = new CommentServer(0, true)) {
            Outcome run = allSteps(github, "token");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.output()).contains("writ check: exit code 1", "writ diff: exit code 2");
            assertThat(github.bodies(0))
                    .singleElement()
                    .asString()
                    .contains("could not be compared", "| ❌ | `writ check` |", "template.unknown-variable");
        }
    }

    @Test
    void aNewPolicyHasNothingToBeComparedWith() throws Exception {
        git("mv", "policy", "rules");
        try (CommentServer github = new CommentServer(0, true)) {
            Map<String, String> inputs = inputs(github, "token");
            inputs.put("WRIT_SOURCES", "rules");
            assertThat(step("check.sh", inputs).exit()).isZero();
            assertThat(step("diff.sh", inputs).output()).contains("The policy is new");
            assertThat(step("comment.sh", inputs).exit()).isZero();
            assertThat(github.bodies(0)).singleElement().asString().contains("The policy is new");
        }
    }

    @Test
    void everyScriptOfTheActionIsThere() throws IOException {
        String action = Files.readString(ACTION.resolve("action.yml"));
        Matcher script = Pattern.compile("GITHUB_ACTION_PATH/([a-z]+\\.sh)").matcher(action);
        List<String> scripts = new ArrayList<>();
        while (script.find()) {
            scripts.add(script.group(1));
            assertThat(ACTION.resolve(script.group(1))).isExecutable();
        }
        assertThat(scripts)
                .containsExactly(
                        "install.sh", "check.sh", "test.sh", "golden.sh", "diff.sh", "comment.sh", "verdict.sh");
        // What a pull request says must never become a part of a script.
        assertThat(action).doesNotContainPattern("run:.*\\$\\{\\{");
    }

    private Outcome allSteps(CommentServer github, String token) throws Exception {
        Map<String, String> inputs = inputs(github, token);
        StringBuilder output = new StringBuilder();
        for (String script : List.of("check.sh", "test.sh", "golden.sh", "diff.sh", "comment.sh")) {
            Outcome step = step(script, inputs);
            output.append(step.output());
            assertThat(step.exit()).as(script + ": " + step.output()).isZero();
        }
        Outcome verdict = step("verdict.sh", inputs);
        return new Outcome(verdict.exit(), output + verdict.output());
    }

    private Map<String, String> inputs(CommentServer github, String token) {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("WRIT_SOURCES", "policy");
        inputs.put("WRIT_OPTIONS", "--target kuma-2.14");
        inputs.put("WRIT_FEATURES", "features");
        inputs.put("WRIT_JUDGE", "model");
        inputs.put("WRIT_GOLDEN", "golden");
        inputs.put("WRIT_BASE", base);
        inputs.put("WRIT_TOKEN", token);
        inputs.put("WRIT_PULL_REQUEST", "7");
        inputs.put("GITHUB_API_URL", github.url());
        return inputs;
    }

    private Outcome step(String script, Map<String, String> inputs) throws Exception {
        Map<String, String> environment = new TreeMap<>(inputs);
        environment.put("PATH", runner.resolve("writ/home/bin") + ":" + SYSTEM_PATH);
        environment.put("RUNNER_TEMP", runner.toString());
        environment.put("GITHUB_ACTIONS", "true");
        environment.put("CI", "true");
        environment.put("GITHUB_REPOSITORY", "team/mesh");
        environment.put("GITHUB_PATH", runner.resolve("path").toString());
        environment.put("GITHUB_STEP_SUMMARY", runner.resolve("summary").toString());
        return run(repository, environment, ACTION.resolve(script).toString());
    }

    private String git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(List.of(words));
        Outcome git = run(repository, Map.of(), command.toArray(String[]::new));
        assertThat(git.exit()).as(git.output()).isZero();
        return git.output();
    }

    private void edit(String path, String from, String to) throws IOException {
        Path file = repository.resolve(path);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private Outcome run(Path where, Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", SYSTEM_PATH);
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(3, TimeUnit.MINUTES))
                .as(List.of(command) + " has ended")
                .isTrue();
        return new Outcome(process.exitValue(), Files.readString(output));
    }
}
