package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the sources a user gave into files: each is a file, a folder, or {@code -} for standard input. A folder gives its
 * {@code .yaml}, {@code .yml}, {@code .json} and {@code .writ} files in the order of their names; hidden ones, and those
 * of its folders, stay out, but {@code recursive} lets the latter in (links to folders are not followed). What is named
 * twice is read once. A source that cannot be read is one finding, and the others are still read.
 */
public final class SourceReader {
    /** More than this is refused. */
    public static final int MAX_BYTES = FileDecoder.MAX_BYTES;

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json", ".writ");

    private final InputStream input;
    private final boolean recursive;

    /** @param input what {@code -} reads */
    public SourceReader(InputStream input, boolean recursive) {
        this.input = input;
        this.recursive = recursive;
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
        files.forEach(file -> run.file(file, false, root));
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
        /** Files found in folders, and folders that are a finding themselves. */
        private int met;

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
            if (path == null || !Files.exists(path)) {
                // A drive letter or an odd name with a colon exists, or was meant to be one.
                String help =
                        source.indexOf(':') > 0 ? "sources of a Git revision, `REV:PATH`, are not supported yet" : null;
                sink.add(DiagnosticId.SOURCE_UNREADABLE, FileDecoder.place(source), "there is no such source", help);
            } else if (Files.isDirectory(path)) {
                namedFolder(path);
            } else {
                file(path, true, folderOf(path));
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
                        includes.add(real(Path.of(file.name())), real(found), include.span());
                        include(include, found, root);
                    });
                }
                ofPaths.sorted().forEach(sink::add);
            }
            includes.refuseCycles(sink);
        }

        private void include(SourceText named, Path found, Path root) {
            String name = found.toString();
            if (EXTENSIONS.stream().anyMatch(name::endsWith)) {
                file(found, true, root);
            } else {
                sink.add(
                        DiagnosticId.WRIT_INCLUDE,
                        named.span(),
                        "`" + named.value() + "` is no source",
                        "sources are " + ScalarChecks.list(EXTENSIONS) + " files");
            }
        }

        private static Path real(Path path) {
            try {
                return path.toRealPath();
            } catch (IOException e) {
                return path.toAbsolutePath().normalize();
            }
        }

        private void namedFolder(Path folder) {
            int before = met;
            folder(folder, folder);
            if (met == before) {
                sink.add(
                        DiagnosticId.SOURCE_UNREADABLE,
                        FileDecoder.place(folder.toString()),
                        "this folder holds no source",
                        "sources are " + ScalarChecks.list(EXTENSIONS) + " files"
                                + (recursive ? "" : "; `-R` reads the folders in it too"));
            }
        }

        private void folder(Path folder, Path root) {
            if (refuseChart(folder)) {
                met++;
                return;
            }
            for (Path entry : entries(folder)) {
                String name = String.valueOf(entry.getFileName());
                if (name.startsWith(".")) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    if (recursive && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                        folder(entry, root);
                    }
                } else if (EXTENSIONS.stream().anyMatch(name::endsWith)) {
                    met++;
                    // Pipes and devices wait for ever; a broken link is worth a word.
                    if (Files.isRegularFile(entry) || !Files.exists(entry)) {
                        file(entry, false, root);
                    }
                }
            }
        }

        private List<Path> entries(Path folder) {
            try (Stream<Path> entries = Files.list(folder)) {
                return entries.sorted(Comparator.comparing(entry -> String.valueOf(entry.getFileName())))
                        .toList();
            } catch (IOException e) {
                met++;
                sink.add(
                        DiagnosticId.SOURCE_UNREADABLE,
                        FileDecoder.place(folder.toString()),
                        "this folder cannot be read");
                return List.of();
            }
        }

        /** The folder of a Helm chart, or the {@code templates} in it: one finding for all that is in there. */
        private boolean refuseChart(Path folder) {
            Path parent = folder.toAbsolutePath().normalize().getParent();
            boolean templates = folder.toAbsolutePath().normalize().endsWith("templates")
                    && parent != null
                    && Files.isRegularFile(parent.resolve("Chart.yaml"));
            boolean chart =
                    Files.isRegularFile(folder.resolve("Chart.yaml")) && Files.isDirectory(folder.resolve("templates"));
            if (chart || templates) {
                Path place = chart ? folder.resolve("Chart.yaml") : folder;
                sink.add(HelmTemplate.diagnostic(FileDecoder.place(place.toString())));
            }
            return chart || templates;
        }

        private void file(Path path, boolean named, Path root) {
            String name = path.toString();
            SourceFile known = atHand.apply(path);
            try {
                if (!seen.add(known == null ? path.toRealPath() : real(path))) {
                    return;
                }
                if (known != null) {
                    add(root.equals(known.root()) ? known : known.within(root));
                    return;
                }
                if (Files.isRegularFile(path) && Files.size(path) > FileDecoder.MAX_BYTES) {
                    decoder.refuseSize(name);
                    return;
                }
                try (InputStream bytes = Files.newInputStream(path)) {
                    SourceFile file = decoder.decode(name, bytes, named);
                    add(file == null ? null : file.within(root));
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
