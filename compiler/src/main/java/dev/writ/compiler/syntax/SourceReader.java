package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the sources a user gave into files: each is a file, a folder, one of a revision, or {@code -} for standard input. A folder gives its
 * {@code .yaml}, {@code .yml}, {@code .json} and {@code .writ} files in the order of their names; hidden ones, and those
 * of its folders, stay out, but {@code recursive} lets the latter in (links to folders are not followed). What is named
 * twice is read once. A source that cannot be read is one finding, and the others are still read.
 */
public final class SourceReader {
    /** More than this is refused. */
    public static final int MAX_BYTES = FileDecoder.MAX_BYTES;

    private final InputStream input;
    private final boolean recursive;
    private final Function<String, Optional<Revised>> revisions;

    /** A source that is no file of the disk, and the tree that holds it. */
    public record Revised(SourceTree tree, Path path) {}

    /** @param input what {@code -} reads */
    public SourceReader(InputStream input, boolean recursive) {
        this(input, recursive, source -> Optional.empty());
    }

    /** @param revisions the tree of a source such as {@code REV:PATH} */
    public SourceReader(InputStream input, boolean recursive, Function<String, Optional<Revised>> revisions) {
        this.input = input;
        this.recursive = recursive;
        this.revisions = revisions;
    }

    public List<SourceFile> read(List<String> sources, DiagnosticSink sink) {
        Run run = new Run(sink);
        sources.forEach(run::named);
        run.follow();
        return List.copyOf(run.files);
    }

    /**
     * Files that somebody found in a folder, and what they include.
     *
     * @param atHand gives the file of a path whose text is known already; null for one that is read from the disk
     */
    public static List<SourceFile> readFiles(
            List<Path> files, Path root, Function<Path, @Nullable SourceFile> atHand, DiagnosticSink sink) {
        Run run = new SourceReader(InputStream.nullInputStream(), false).new Run(sink, atHand);
        files.forEach(file -> run.file(SourceTree.DISK, file, false, root));
        run.follow();
        return List.copyOf(run.files);
    }

    private final class Run {
        private final DiagnosticSink sink;
        private final Function<Path, @Nullable SourceFile> atHand;
        private final FileDecoder decoder;
        private final List<SourceFile> files = new ArrayList<>();
        private final Set<Path> seen = new HashSet<>();
        private final Includes includes = new Includes();
        /** How many of the files have had their includes read. */
        private int followed;

        private boolean inputRead;

        Run(DiagnosticSink sink) {
            this(sink, path -> null);
        }

        Run(DiagnosticSink sink, Function<Path, @Nullable SourceFile> atHand) {
            this.sink = sink;
            this.atHand = atHand;
            this.decoder = new FileDecoder(sink);
        }

        void named(String source) {
            if (source.equals("-")) {
                if (!inputRead) {
                    inputRead = true;
                    add(decoder.decode("<stdin>", input, true));
                }
                return;
            }
            Path path = path(source);
            if (path != null && Files.exists(path)) {
                named(SourceTree.DISK, path);
                return;
            }
            Optional<Revised> revised = revisions.apply(source);
            if (revised.isEmpty() || !revised.get().tree().exists(revised.get().path())) {
                sink.add(
                        DiagnosticId.SOURCE_UNREADABLE,
                        FileDecoder.place(source),
                        "there is no such source",
                        revised.map(one -> near(one.tree(), one.path())
                                        .orElse("`REV:PATH` is a file or folder of a Git revision, seen from here"))
                                .or(() -> Optional.ofNullable(path).flatMap(one -> near(SourceTree.DISK, one)))
                                .orElse(null));
                return;
            }
            named(revised.get().tree(), revised.get().path());
        }

        private void named(SourceTree tree, Path path) {
            if (tree.isFolder(path)) {
                namedFolder(tree, path);
            } else {
                file(tree, path, true, folderOf(path));
            }
        }

        /** What was probably meant, by the names in the same folder. */
        private static Optional<String> near(SourceTree tree, Path path) {
            Path folder = folderOf(path);
            try {
                return NearName.of(
                                String.valueOf(path.getFileName()),
                                tree.entries(folder).stream()
                                        .map(entry -> String.valueOf(entry.getFileName()))
                                        .toList())
                        .map(name -> "did you mean `"
                                + tree.name(folder.resolve(name).normalize()) + "`?");
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        private static Path folderOf(Path path) {
            Path parent = path.getParent();
            return parent == null ? Path.of("") : parent;
        }

        /** Reads what the files include, and what that includes. */
        void follow() {
            while (followed < files.size()) {
                SourceFile file = files.get(followed++);
                Path root = file.root();
                if (root == null || !file.name().endsWith(".writ")) {
                    continue;
                }
                DiagnosticSink ofPaths = new DiagnosticSink();
                for (SourceText include : Includes.of(file)) {
                    new NeighbourFile(ofPaths).find(include).ifPresent(found -> {
                        SourceTree tree = file.tree();
                        includes.add(real(tree, file.path()), real(tree, found), include.span());
                        include(include, tree, found, root);
                    });
                }
                ofPaths.sorted().forEach(sink::add);
            }
            includes.refuseCycles(sink);
        }

        private void include(SourceText named, SourceTree tree, Path found, Path root) {
            if (FolderListing.isSource(found)) {
                file(tree, found, true, root);
            } else {
                sink.add(
                        DiagnosticId.WRIT_INCLUDE,
                        named.span(),
                        "`" + named.value() + "` is no source",
                        FolderListing.WHAT_IS_ONE);
            }
        }

        private static Path real(SourceTree tree, Path path) {
            try {
                return tree.real(path);
            } catch (IOException e) {
                return path.toAbsolutePath().normalize();
            }
        }

        private void namedFolder(SourceTree tree, Path folder) {
            List<Path> found = new FolderListing(tree, recursive, sink).of(folder);
            found.forEach(path -> file(tree, path, false, folder));
        }

        private void file(SourceTree tree, Path path, boolean named, Path root) {
            String name = tree.name(path);
            SourceFile known = atHand.apply(path);
            try {
                if (!seen.add(known == null ? tree.real(path) : real(tree, path))) {
                    return;
                }
                if (known != null) {
                    add(root.equals(known.root()) ? known : known.within(root));
                    return;
                }
                if (tree.isFile(path) && tree.size(path) > FileDecoder.MAX_BYTES) {
                    decoder.refuseSize(name);
                    return;
                }
                try (InputStream bytes = tree.open(path)) {
                    SourceFile file = decoder.decode(name, bytes, named);
                    add(file == null ? null : file.at(tree, path, root));
                }
            } catch (IOException e) {
                sink.add(DiagnosticId.SOURCE_UNREADABLE, FileDecoder.place(name), "this file cannot be read");
            }
        }

        private void add(@Nullable SourceFile file) {
            if (file != null) {
                files.add(file);
            }
        }

        private @Nullable Path path(String source) {
            try {
                return Path.of(source);
            } catch (InvalidPathException e) {
                return null;
            }
        }
    }
}
