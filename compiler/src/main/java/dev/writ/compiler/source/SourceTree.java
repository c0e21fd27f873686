package dev.writ.compiler.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Files by their paths: those of the disk, or those that a revision of a repository holds. */
public interface SourceTree {
    SourceTree DISK = new DiskTree();

    /** What a user calls the file of this path. */
    String name(Path path);

    /** Whether there is something that can be opened; no for a link that leads nowhere. */
    boolean exists(Path path);

    boolean isFile(Path path);

    boolean isFolder(Path path);

    boolean isLink(Path path);

    /** In no order. */
    List<Path> entries(Path folder) throws IOException;

    /** Where the path leads, its links followed; the same for all paths that lead to a file, and another for every other file. */
    Path real(Path path) throws IOException;

    long size(Path file) throws IOException;

    InputStream open(Path file) throws IOException;
}
