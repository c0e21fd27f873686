package dev.writ.runtime.cli;

import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sources as a revision of the git repository around a folder has them: {@code main:policies}.
 *
 * @param path relative to the folder
 */
record GitRevision(Path folder, String revision, String path) {

    /** The revision that a source names; empty if it is a file, a folder or stdin. */
    static Optional<GitRevision> of(String source, Path folder) {
        int colon = source.indexOf(':');
        return colon <= 0 || source.startsWith("-") || Files.exists(folder.resolve(source))
                ? Optional.empty()
                : Optional.of(new GitRevision(folder, source.substring(0, colon), source.substring(colon + 1)));
    }

    /** Its files, of a folder those that are sources, named as the command line names them. */
    List<SourceFile> files(boolean recursive) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        List<String> list = new ArrayList<>(List.of("git", "ls-tree", "--name-only", "-z", "--full-name"));
        if (recursive) {
            list.add("-r");
        }
        boolean isFolder = git("git", "cat-file", "-t", revision + ":" + relative())
                .strip()
                .equals("tree");
        if (!isFolder) {
            return List.of(file(relative(), true));
        }
        list.addAll(List.of(revision + ":" + relative()));
        for (String name : git(list.toArray(String[]::new)).split("\0", -1)) {
            if (name.matches("(?i).*\\.(ya?ml|json|writ)")) {
                files.add(file((path.isEmpty() ? "" : relative() + "/") + name, false));
            }
        }
        return files;
    }

    /** As git understands it from a folder inside the repository. */
    private String relative() {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return plain.isEmpty() || plain.startsWith("./") || plain.startsWith("../") ? plain : "./" + plain;
    }

    private SourceFile file(String name, boolean named) throws IOException {
        String shown = name.startsWith("./") ? name.substring(2) : name;
        return new SourceFile(revision + ":" + shown, git("git", "show", revision + ":" + name), named);
    }

    private String git(String... words) throws IOException {
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("git has no `" + words[words.length - 1] + "` (" + String.join(" ", words) + ")");
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
