package dev.writ.compiler.envoy;

import dev.writ.compiler.envoy.ArtifactWriter.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Swaps a set of files for another as one step, as far as a file system can. In {@code DIR/.writ}:
 *
 * <ul>
 *   <li>{@code staged/}: the new files, at their paths below DIR;
 *   <li>{@code plan}: what to do with DIR, a line each: {@code + path} to be moved in, {@code - path} to be removed. It
 *       appears by a rename, when everything is staged: from then on the swap is finished, by this run or by the next one.
 *       Without it whatever is staged is thrown away;
 *   <li>{@code files}: the files that the last finished run left, which are ours to remove.
 * </ul>
 */
final class StagedFiles {
    static final String FOLDER = ".writ";

    private final Path out;
    private final Path staged;
    private final Path plan;
    private final Path files;

    private StagedFiles(Path out) {
        this.out = out;
        Path own = out.resolve(FOLDER);
        this.staged = own.resolve("staged");
        this.plan = own.resolve("plan");
        this.files = own.resolve("files");
    }

    static StagedFiles in(Path out) {
        return new StagedFiles(out);
    }

    /**
     * Puts the files in place and removes all others of ours.
     *
     * @param kept folders whose files stay
     */
    Written replace(SortedMap<String, byte[]> contents, Collection<String> kept) throws IOException {
        recover();
        List<String> removed = new ArrayList<>();
        for (String old : lines(files)) {
            if (!contents.containsKey(old) && kept.stream().noneMatch(folder -> isBelow(old, folder))) {
                removed.add(old);
            }
        }
        for (String name : contents.keySet()) {
            requireInside(name);
            stage(staged.resolve(name), contents.get(name));
        }
        List<String> steps = new ArrayList<>();
        contents.keySet().forEach(name -> steps.add("+ " + name));
        removed.forEach(name -> steps.add("- " + name));
        rename(staged.resolve("plan"), plan, steps);
        execute(steps);
        return new Written(List.copyOf(contents.keySet()), removed);
    }

    /** Finishes a swap that was under way, or throws away what was only staged. */
    private void recover() throws IOException {
        if (Files.exists(plan)) {
            execute(lines(plan));
        }
        deleteTree(staged);
    }

    /** Each step can be done twice: a run that finishes another one's plan does not know how far that one came. */
    private void execute(List<String> steps) throws IOException {
        SortedSet<String> ours = new TreeSet<>(lines(files));
        for (String step : steps) {
            String name = step.substring(Math.min(step.length(), 2));
            // A tampered list must not make us touch other files.
            if (!ArtifactLayout.isArtifact(name)) {
                throw new IOException("a line of " + plan + " is not ours: " + step);
            }
            requireInside(name);
            Path target = out.resolve(name);
            if (step.startsWith("+ ")) {
                if (Files.exists(staged.resolve(name))) {
                    Files.createDirectories(target.getParent());
                    Files.move(staged.resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
                }
                ours.add(name);
            } else {
                Files.deleteIfExists(target);
                deleteEmptyFolders(name);
                ours.remove(name);
            }
        }
        rename(staged.resolve("files"), files, ours);
        Files.delete(plan);
        deleteTree(staged);
    }

    /** A link inside the folder must not lead out of it. */
    private void requireInside(String name) throws IOException {
        Path path = out;
        for (Path part : Path.of(name)) {
            if (part.toString().equals("..") || Files.isSymbolicLink(path.resolve(part))) {
                throw new IOException(path.resolve(part) + " leads out of the folder");
            }
            path = path.resolve(part);
        }
    }

    private static void stage(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void rename(Path from, Path to, Collection<String> lines) throws IOException {
        stage(from, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> lines(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        return Files.readAllLines(file).stream().filter(line -> !line.isEmpty()).toList();
    }

    // The folder of the workload `a/b` may lie in that of the workload `a`.
    private static boolean isBelow(String name, String folder) {
        return name.startsWith(folder + "/") && ArtifactLayout.isOfWorkload(name.substring(folder.length() + 1));
    }

    /** The folders that a removed file leaves empty, the innermost first; one that holds anything else stays. */
    private void deleteEmptyFolders(String removed) throws IOException {
        for (int slash = removed.lastIndexOf('/'); slash > 0; slash = removed.lastIndexOf('/', slash - 1)) {
            Path folder = out.resolve(removed.substring(0, slash));
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(folder);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** A relative path as it stands in lists: the same on every system. */
    static String slashed(Path path) {
        List<String> parts = new ArrayList<>();
        path.forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}
