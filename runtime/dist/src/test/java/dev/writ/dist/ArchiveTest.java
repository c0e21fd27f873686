package dev.writ.dist;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked in a folder with a space in its name and run with nothing in its environment: no PATH, no JAVA_HOME. */
final class ArchiveTest {
    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("writ.root")));
    private static final String DEMO = ROOT.resolve("features/kuma-demo").toString();
    private static final Pattern LIBRARY = Pattern.compile("/\\S+\\.so\\S*");

    @TempDir
    private static Path folder = Path.of("");

    private static Path home = Path.of("");

    private record Outcome(int exit, String out, String err) {}

    @BeforeAll
    static void unpack() throws Exception {
        Path unpacked = Files.createDirectories(folder.resolve("un packed"));
        Outcome tar = run(
                Map.of("PATH", "/usr/bin:/bin"),
                "",
                "tar",
                "-xzf",
                requireNonNull(System.getProperty("writ.archive")),
                "-C",
                unpacked.toString());
        assertThat(tar.exit()).as(tar.err()).isZero();
        try (Stream<Path> inside = Files.list(unpacked)) {
            home = inside.findFirst().orElseThrow();
        }
    }

    @Test
    void itChecksNamesAndExplains() throws Exception {
        Outcome check = writ("check", DEMO);
        assertThat(check.out()).contains("warning[permission.open-prefix]", "3 files checked: 1 warning, 1 note");
        assertThat(check.err()).isEmpty();
        assertThat(check.exit()).isZero();
        assertThat(writ("ids", DEMO, "--format", "json").out())
                .contains("\"spiffeId\": \"spiffe://default.default.mesh.local/ns/kuma-demo/sa/default\"");
        assertThat(writ("explain", DEMO, "--from", "plaintext", "--to", "kuma-demo/kv")
                        .out())
                .startsWith("DENY");
        assertThat(writ("check", DEMO, "--fromat").exit()).isEqualTo(2);
    }

    @Test
    void itRunsFeaturesAndWritesCucumbersReports() throws Exception {
        Path junit = folder.resolve("junit.xml");
        Outcome test = writ("test", DEMO, "--judge", "snapshot", "--junit", junit.toString());
        assertThat(test.out()).contains("17 scenarios: 17 passed");
        assertThat(test.exit()).as(test.err()).isZero();
        assertThat(junit).content().contains("<testsuite", "look-alike");
    }

    @Test
    void aRealEnvoyJudges() throws Exception {
        Path envoy = Path.of(System.getProperty("user.home"), ".cache/writ/envoy/1.40.0/envoy");
        assumeThat(envoy).isExecutable();
        Outcome test = run(Map.of("WRIT_ENVOY", envoy.toString()), "", command("test", DEMO, "--judge", "envoy"));
        assertThat(test.out()).contains("17 scenarios: 17 passed");
        assertThat(test.exit()).as(test.err()).isZero();
    }

    @Test
    void itIssuesCertificates() throws Exception {
        Path out = folder.resolve("out");
        assertThat(writ("compile", DEMO, "--out", out.toString()).exit()).isZero();
        Outcome issue = writ("issue", DEMO, "--out", out.toString());
        assertThat(issue.exit()).as(issue.err()).isZero();
        assertThat(issue.out()).contains("3 identities issued");
    }

    @Test
    void itServesAnEditor() throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}";
        Outcome lsp = run(Map.of(), "Content-Length: " + body.length() + "\r\n\r\n" + body, command("lsp"));
        assertThat(lsp.out()).startsWith("Content-Length: ").contains("\"name\":\"writ\"");
        assertThat(lsp.err()).isEmpty();
    }

    @Test
    void itStartsThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("w"), home.resolve("bin/writ"));
        Outcome version = run(Map.of("PATH", "/usr/bin:/bin"), "", link.toString(), "--version");
        assertThat(version.out()).startsWith("writ ");
    }

    @Test
    void itsClassesAreReadyMade() throws Exception {
        Outcome loaded = run(
                Map.of(),
                "",
                home.resolve("runtime/bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile=" + home.resolve("lib/writ.jsa"),
                "-Xlog:class+load",
                "-cp",
                home.resolve("writ.jar").toString(),
                "dev.writ.runtime.cli.WritCli",
                "--version");
        assertThat(loaded.out()).contains("dev.writ.runtime.cli.WritCli source: shared objects file (top)");
    }

    @Test
    void nothingButAShellAndTheCLibraryIsNeeded() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        for (String inside : List.of("bin", "proc", "tmp", "policy")) {
            Files.createDirectories(root.resolve(inside));
        }
        copy(Path.of("/bin/sh").toRealPath(), root.resolve("bin/sh"));
        for (String program : List.of("/bin/sh", home + "/runtime/bin/java", home + "/runtime/lib/server/libjvm.so")) {
            Outcome libraries = run(Map.of("PATH", "/usr/bin:/bin"), "", "ldd", program);
            for (String library : new TreeSet<>(LIBRARY.matcher(libraries.out())
                    .results()
                    .map(found -> found.group())
                    .filter(path -> !path.contains("/runtime/"))
                    .toList())) {
                copy(Path.of(library).toRealPath(), root.resolve(library.substring(1)));
            }
        }
        try (Stream<Path> policy = Files.list(Path.of(DEMO))) {
            for (Path file : policy.toList()) {
                copy(file, root.resolve("policy").resolve(file.getFileName()));
            }
        }
        Outcome copied = run(
                Map.of("PATH", "/usr/bin:/bin"),
                "",
                "cp",
                "-a",
                home.toString(),
                root.resolve("writ").toString());
        assertThat(copied.exit()).as(copied.err()).isZero();
        String script =
                "mount --rbind /proc \"$1/proc\" && exec env -i $(command -v chroot) \"$1\" /bin/sh /writ/bin/writ check /policy";
        Outcome check = run(
                Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
                "",
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                script,
                "sh",
                root.toString());
        assumeThat(check.err()).as("namespaces are to be had").doesNotContain("unshare", "mount:");
        assertThat(check.out()).as(check.err()).contains("3 files checked: 1 warning, 1 note");
    }

    @Test
    void theLicensesOfWhatItHoldsAreInIt() throws IOException {
        assertThat(home.resolve("LICENSE")).exists();
        assertThat(home.resolve("runtime/legal/java.base/LICENSE")).exists();
        for (String own : List.of("README.txt", "cucumber.txt", "bcprov-jdk18on-", "jackson-core-", "checker-qual-")) {
            try (Stream<Path> texts = Files.list(home.resolve("licenses"))) {
                assertThat(texts).anyMatch(text -> text.getFileName().toString().startsWith(own));
            }
        }
        String list = Files.readString(home.resolve("licenses/THIRD-PARTY.txt"));
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                String name = jar.getFileName().toString().replaceFirst("-\\d.*", "");
                if (!name.startsWith("writ")) {
                    assertThat(list).contains(":" + name + ":");
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(requireNonNull(to.getParent()));
        if (!Files.exists(to)) {
            Files.copy(from, to);
        }
    }

    private static Outcome writ(String... words) throws Exception {
        return run(Map.of(), "", command(words));
    }

    private static String[] command(String... words) {
        return Stream.concat(Stream.of(home.resolve("bin/writ").toString()), Stream.of(words))
                .toArray(String[]::new);
    }

    private static Outcome run(Map<String, String> environment, String input, String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(3, TimeUnit.MINUTES))
                .as(List.of(command) + " has ended")
                .isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
