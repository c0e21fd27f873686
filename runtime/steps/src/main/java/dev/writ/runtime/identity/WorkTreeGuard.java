package dev.writ.runtime.identity;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps private keys out of Git: a file may only be written into a work tree that ignores it. */
final class WorkTreeGuard {
    private static final long GIT_SECONDS = 30;

    private WorkTreeGuard() {}

    /** Why one of the files must not be written; empty if all may. */
    static Optional<String> objection(Path out, List<Path> keys) throws IOException {
        Path existing = existingAncestor(out.toAbsolutePath().normalize()).toRealPath();
        if (!isInWorkTree(existing)) {
            return Optional.empty();
        }
        // Git takes a path through a symbolic link for an error, so the paths start at the real folder.
        Path root = out.toAbsolutePath().normalize();
        Path real = existing.resolve(existingAncestor(root).relativize(root));
        List<String> paths = keys.stream()
                .map(key -> real.resolve(out.relativize(key)).toString())
                .toList();
        return notIgnored(existing, paths)
                .map(path -> "private keys do not go into a Git work tree: `" + path + "` is not ignored");
    }

    private static Path existingAncestor(Path path) {
        Path ancestor = path;
        while (!Files.exists(ancestor)) {
            Path parent = ancestor.getParent();
            if (parent == null) {
                return ancestor;
            }
            ancestor = parent;
        }
        return ancestor;
    }

    private static boolean isInWorkTree(Path folder) {
        for (@Nullable Path ancestor = folder; ancestor != null; ancestor = ancestor.getParent()) {
            if (Files.exists(ancestor.resolve(".git"))) {
                return true;
            }
        }
        return false;
    }

    /** The first path that Git does not ignore, or cannot answer for. */
    private static Optional<String> notIgnored(Path folder, List<String> paths) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "-C", folder.toString(), "check-ignore", "-z", "--stdin")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // The caller's own Git session (a hook, say) must not answer for another repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Process git;
        try {
            git = builder.start();
        } catch (IOException e) {
            return paths.stream().findFirst();
        }
        try {
            ask(git, paths);
            Set<String> ignored = new HashSet<>(
                    List.of(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0")));
            if (!git.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                return paths.stream().findFirst();
            }
            return paths.stream().filter(path -> !ignored.contains(path)).findFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Git was asked", e);
        } finally {
            git.destroyForcibly();
        }
    }

    private static void ask(Process git, List<String> paths) {
        try (OutputStream question = git.getOutputStream()) {
            question.write((String.join("\0", paths) + "\0").getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedBeforeItRead) {
            // It has answered for no path, so none counts as ignored.
        }
    }
}
