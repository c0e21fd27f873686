package dev.writ.runtime.lsp;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a policy root that may be sources, in the order of their names. Left out are hidden ones, folders that package
 * managers and builds fill, and charts of Helm, whose templates are no YAML; links to folders are not followed.
 */
final class WorkspaceFiles extends SimpleFileVisitor<Path> {
    private static final List<String> EXTENSIONS = List.of(".writ", ".yaml", ".yml", ".json");
    private static final Set<String> FILLED = Set.of("node_modules", "target", "build", "dist", "out", "vendor");
    private static final int DEEPEST = 32;

    private final Path root;
    private final List<Path> found = new ArrayList<>();

    private WorkspaceFiles(Path root) {
        this.root = root;
    }

    static List<Path> of(Path folder, boolean recursive) {
        WorkspaceFiles files = new WorkspaceFiles(folder);
        try {
            Files.walkFileTree(folder, Set.of(), recursive ? DEEPEST : 1, files);
        } catch (IOException e) {
            return List.of();
        }
        return files.found.stream().sorted().toList();
    }

    /** Whether a file or document of this name is read at all. */
    static boolean isSource(String name) {
        return EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /** Whether a file stands where none of them is looked for. */
    static boolean isLeftOut(Path folder, Path file) {
        if (!file.startsWith(folder)) {
            return true;
        }
        for (Path part : folder.relativize(file)) {
            if (isHidden(part) || FILLED.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return folder.equals(root) || isPolicy(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && !isHidden(file) && isSource(file.toString())) {
            found.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    // What cannot be entered, or is gone meanwhile, is no part of the policy.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException reason) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException reason) {
        return FileVisitResult.CONTINUE;
    }

    private static boolean isPolicy(Path folder) {
        boolean isChart = Files.isRegularFile(folder.resolve("Chart.yaml"));
        return !isHidden(folder) && !FILLED.contains(String.valueOf(folder.getFileName())) && !isChart;
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}
