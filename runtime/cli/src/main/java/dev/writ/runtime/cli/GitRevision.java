package dev.writ.runtime.cli;

import dev.writ.compiler.source.SourceTree;
import dev.writ.compiler.syntax.SourceReader;
import dev.writ.compiler.syntax.SourceReader.Revised;
import dev.writ.runtime.testing.SourceCache;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a revision of the git repository around a folder: {@code main:policies}, seen from that folder. Links are none of
 * them: git keeps where they lead, and that may be outside.
 */
final class GitRevision implements SourceTree {
    /** What {@code git ls-tree -l} says of a file or folder. */
    private record Entry(String mode, String object, long size) {
        boolean isFile() {
            return mode.startsWith("100");
        }

        boolean isFolder() {
            return mode.equals("040000");
        }
    }

    private final Path folder;
    private final String revision;
    /** By folder; empty for one that is not there. */
    private final Map<String, Optional<Map<String, Entry>>> listings = new HashMap<>();

    private GitRevision(Path folder, String revision) {
        this.folder = folder;
        this.revision = revision;
    }

    /** The sources of a command line, those of a revision among them. */
    static SourceReader reader(InputStream input, boolean recursive) {
        return new SourceReader(input, recursive, source -> of(source, Path.of("")));
    }

    /** What the steps of its features name. */
    static SourceCache named() {
        return new SourceCache(
                (path, sink) -> reader(InputStream.nullInputStream(), false).read(List.of(path), sink));
    }

    /** The revision that a source names, {@code REV:PATH}; empty if it names none. */
    static Optional<Revised> of(String source, Path folder) {
        int colon = source.indexOf(':');
        return colon <= 0 || source.startsWith("-")
                ? Optional.empty()
                : Optional.of(new Revised(
                        new GitRevision(folder.toAbsolutePath(), source.substring(0, colon)),
                        Path.of(source.substring(colon + 1)).normalize()));
    }

    @Override
    public String name(Path path) {
        return revision + ":" + path;
    }

    @Override
    public boolean exists(Path path) {
        return isFile(path) || isFolder(path);
    }

    @Override
    public boolean isFile(Path path) {
        return entry(path).filter(Entry::isFile).isPresent();
    }

    @Override
    public boolean isFolder(Path path) {
        return listing(relative(path)).isPresent();
    }

    @Override
    public boolean isLink(Path path) {
        return entry(path).filter(entry -> !entry.isFile() && !entry.isFolder()).isPresent();
    }

    @Override
    public List<Path> entries(Path of) throws IOException {
        return listing(relative(of))
                .orElseThrow(() -> new IOException("no folder of a revision: " + name(of)))
                .keySet()
                .stream()
                .map(of::resolve)
                .toList();
    }

    @Override
    public Path real(Path path) {
        return Path.of(revision + ":").resolve(relative(path));
    }

    @Override
    public long size(Path file) throws IOException {
        return file(file).size();
    }

    @Override
    public InputStream open(Path file) throws IOException {
        byte[] content = git("cat-file", "blob", file(file).object());
        return new ByteArrayInputStream(content);
    }

    private Entry file(Path path) throws IOException {
        return entry(path)
                .filter(Entry::isFile)
                .orElseThrow(() -> new IOException("no file of a revision: " + name(path)));
    }

    private Optional<Entry> entry(Path path) {
        Path relative = relative(path);
        Path parent = relative.getParent();
        return listing(parent == null ? Path.of("") : parent)
                .map(entries -> entries.get(String.valueOf(relative.getFileName())));
    }

    private static Path relative(Path path) {
        return path.isAbsolute() ? Path.of("").toAbsolutePath().relativize(path).normalize() : path.normalize();
    }

    private Optional<Map<String, Entry>> listing(Path relative) {
        return listings.computeIfAbsent(relative.toString(), this::list);
    }

    private Optional<Map<String, Entry>> list(String relative) {
        try {
            String listed = new String(git("ls-tree", "-l", "-z", revision + ":./" + relative), StandardCharsets.UTF_8);
            Map<String, Entry> entries = new HashMap<>();
            for (String line : listed.split("\0", -1)) {
                int tab = line.indexOf('\t');
                if (tab > 0) {
                    // mode, type, object, size
                    String[] words = line.substring(0, tab).split(" +", -1);
                    entries.put(
                            line.substring(tab + 1),
                            new Entry(words[0], words[2], words[3].equals("-") ? 0 : Long.parseLong(words[3])));
                }
            }
            return Optional.of(entries);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private byte[] git(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            byte[] answer = out.readAllBytes();
            if (process.waitFor() != 0) {
                throw new IOException("git has no " + words[words.length - 1]);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
