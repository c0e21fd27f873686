package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a folder, in the order of their names: hidden ones, and those of its folders, stay out, but {@code recursive} lets
 * the latter in (links to folders are not followed). A Helm chart is one finding for all that is in it.
 */
final class FolderListing {
    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json", ".writ");

    static final String WHAT_IS_ONE = "sources are " + ScalarChecks.list(EXTENSIONS) + " files";

    private final SourceTree tree;
    private final boolean recursive;
    private final DiagnosticSink sink;
    private final List<Path> found = new ArrayList<>();
    /** Sources, and folders that are a finding themselves. */
    private int met;

    FolderListing(SourceTree tree, boolean recursive, DiagnosticSink sink) {
        this.tree = tree;
        this.recursive = recursive;
        this.sink = sink;
    }

    static boolean isSource(Path file) {
        return EXTENSIONS.stream().anyMatch(String.valueOf(file.getFileName())::endsWith);
    }

    /** None, with a finding, if there is nothing to read. */
    List<Path> of(Path folder) {
        add(folder);
        if (met == 0) {
            unreadable(
                    folder,
                    "this folder holds no source",
                    WHAT_IS_ONE + (recursive ? "" : "; `-R` reads the folders in it too"));
        }
        return List.copyOf(found);
    }

    private void add(Path folder) {
        if (refuseChart(folder)) {
            met++;
            return;
        }
        for (Path entry : entries(folder)) {
            if (String.valueOf(entry.getFileName()).startsWith(".")) {
                continue;
            }
            if (tree.isFolder(entry)) {
                if (recursive && !tree.isLink(entry)) {
                    add(entry);
                }
            } else if (isSource(entry)) {
                met++;
                // Pipes and devices wait for ever; a broken link is worth a word.
                if (tree.isFile(entry) || !tree.exists(entry)) {
                    found.add(entry);
                }
            }
        }
    }

    private List<Path> entries(Path folder) {
        try {
            return tree.entries(folder).stream()
                    .sorted(Comparator.comparing(entry -> String.valueOf(entry.getFileName())))
                    .toList();
        } catch (IOException e) {
            met++;
            unreadable(folder, "this folder cannot be read", null);
            return List.of();
        }
    }

    private void unreadable(Path folder, String message, @Nullable String help) {
        sink.add(DiagnosticId.SOURCE_UNREADABLE, FileDecoder.place(tree.name(folder)), message, help);
    }

    /** The folder of a Helm chart, or the {@code templates} in it. */
    private boolean refuseChart(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        boolean templates =
                absolute.endsWith("templates") && parent != null && tree.isFile(parent.resolve("Chart.yaml"));
        boolean chart = tree.isFile(folder.resolve("Chart.yaml")) && tree.isFolder(folder.resolve("templates"));
        if (chart || templates) {
            Path place = chart ? folder.resolve("Chart.yaml") : folder;
            sink.add(HelmTemplate.diagnostic(FileDecoder.place(tree.name(place))));
        }
        return chart || templates;
    }
}
