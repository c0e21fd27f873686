package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a file that a source names by a path relative to its own folder. It never leaves the folder that the source was given in,
 * by links neither.
 */
final class NeighbourFile {
    private static final int LARGEST = 1024 * 1024;

    private final DiagnosticSink sink;

    NeighbourFile(DiagnosticSink sink) {
        this.sink = sink;
    }

    /** The path as a user would give it; nothing, with a finding, where there is no such file. */
    Optional<Path> find(SourceText named) {
        SourceFile from = named.span().file();
        Path root = from.root();
        if (root == null) {
            return refuse(named, "a text that is in no folder can name no other file");
        }
        Path folder = from.path().toAbsolutePath().getParent();
        Path relative = path(named.value());
        if (relative == null || folder == null) {
            return refuse(named, "`" + named.value() + "` is no path");
        }
        Path target = folder.resolve(relative).normalize();
        if (relative.isAbsolute() || !target.startsWith(root.toAbsolutePath().normalize())) {
            return refuse(
                    named,
                    "`" + named.value() + "` leaves the folder that the sources are in",
                    "paths are relative to the file, and stay in the folder that was given");
        }
        try {
            if (!from.tree().isFile(target)) {
                return refuse(named, "there is no file `" + named.value() + "` beside this one");
            }
            if (!from.tree().real(target).startsWith(from.tree().real(root))) {
                return refuse(
                        named, "`" + named.value() + "` is a link that leaves the folder that the sources are in");
            }
        } catch (IOException e) {
            return refuse(named, "`" + named.value() + "` cannot be read");
        }
        Path parent = from.path().getParent();
        Path shown = parent == null ? relative : parent.resolve(relative);
        return Optional.of(shown.normalize());
    }

    /** The text of the file, all of it placed where the file is named. */
    Optional<SourceText> read(SourceText named) {
        return find(named).flatMap(path -> {
            try (InputStream bytes = named.span().file().tree().open(path)) {
                byte[] content = bytes.readNBytes(LARGEST + 1);
                if (content.length > LARGEST) {
                    return refuse(named, "`" + named.value() + "` is larger than a CA bundle of 1 MiB");
                }
                String text = new String(content, StandardCharsets.ISO_8859_1);
                int[] places = new int[text.length() + 1];
                Arrays.fill(places, named.span().start());
                return Optional.of(new SourceText(text, named.span(), places));
            } catch (IOException e) {
                return refuse(named, "`" + named.value() + "` cannot be read");
            }
        });
    }

    private static @Nullable Path path(String text) {
        try {
            return text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private <T> Optional<T> refuse(SourceText named, String message) {
        return refuse(named, message, null);
    }

    private <T> Optional<T> refuse(SourceText named, String message, @Nullable String help) {
        sink.add(DiagnosticId.WRIT_INCLUDE, named.span(), message, help);
        return Optional.empty();
    }
}
