package dev.writ.runtime.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a project is made.
 *
 * @param folder absolute
 * @param repository the root of the Git work tree that the folder is in, or the folder itself: CI reads its files there alone
 */
public record ProjectPlace(Path folder, Path repository) {
    private static final String WORKFLOWS = ".github/workflows/";

    /** @param named as its user named it; need not exist */
    public static ProjectPlace of(Path named) throws IOException {
        Path folder = real(named.toAbsolutePath().normalize());
        for (@Nullable Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return new ProjectPlace(folder, at);
            }
        }
        return new ProjectPlace(folder, folder);
    }

    // What is there already may be a link; what is not, cannot.
    private static Path real(Path path) throws IOException {
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        Path parent = path.getParent();
        return parent == null ? path : real(parent).resolve(path.getFileName());
    }

    /** What the project is called. */
    String name() {
        Path last = folder.getFileName();
        return last == null ? "Policy" : last.toString();
    }

    /** The path of the CI file relative to the project. */
    public String workflow() {
        String of = folder.equals(repository) ? "" : name() + "-";
        return slashes(folder.relativize(repository.resolve(WORKFLOWS + of + "policy.yml")));
    }

    /** A path in the project, as it is from the root of the repository. */
    String inRepository(String path) {
        Path prefix = repository.relativize(folder);
        String below = prefix.toString().isEmpty() ? "" : slashes(prefix) + "/";
        return path.equals(".") && !below.isEmpty() ? slashes(prefix) : below + path;
    }

    static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
