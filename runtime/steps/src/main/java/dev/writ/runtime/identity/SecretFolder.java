package dev.writ.runtime.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A folder for keys and certificates, readable by its owner alone. Files are staged beside their targets with their final
 * mode, then renamed one right after the other: a reader sees the old file or the new one, never half of one, and a key is at no
 * moment readable by others. What an interrupted run left staged is removed by the next.
 */
final class SecretFolder {
    private static final String STAGED = ".writ-staged-";

    private final Path folder;
    /** Final names by staged files, in the order of the renames. */
    private final Map<Path, Path> staged = new LinkedHashMap<>();

    private SecretFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder, made if it is not there, its parents with the user's usual mode. */
    static SecretFolder at(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, mode("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        SecretFolder secrets = new SecretFolder(folder);
        secrets.removeAll(STAGED + "*");
        return secrets;
    }

    /** Stages a certificate, which anyone may read who may enter the folder. */
    void stageCertificate(String name, String pem) throws IOException {
        stage(name, ".pem", pem, mode("rw-r--r--"));
    }

    /** Stages a private key: mode 0600 from the moment it exists. */
    void stageKey(String name, String pem) throws IOException {
        stage(name, ".key", pem, mode("rw-------"));
    }

    /** Puts all that was staged in its place. */
    void commit() throws IOException {
        for (Map.Entry<Path, Path> file : staged.entrySet()) {
            Files.move(file.getKey(), file.getValue(), StandardCopyOption.ATOMIC_MOVE);
        }
        staged.clear();
    }

    /** Removes the certificates that were not just put in place: those of trust domains that are no longer trusted. */
    void keepOnly(Set<String> names) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path file : files) {
                if (!names.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    private void stage(String name, String suffix, String text, FileAttribute<Set<PosixFilePermission>> mode)
            throws IOException {
        Path file = folder.resolve(STAGED + staged.size() + suffix);
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // A rename may reach the disk before the bytes do: after a power cut the file would be empty.
            channel.force(true);
        }
        staged.put(file, folder.resolve(name));
    }

    private void removeAll(String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
