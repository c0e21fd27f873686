package dev.writ.runtime.starter;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.syntax.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Resources that a team has, as a project's sources: what lies inside the project stays where it is, so that there is one of it; anything
 * else is copied into {@code policy/}.
 *
 * @param sources relative to the project
 * @param files all that was read
 * @param copied texts by their paths in the project
 */
public record ExistingSources(List<String> sources, List<SourceFile> files, SortedMap<String, String> copied) {
    private static final String COPIES = "policy";
    private static final Pattern PRIVATE = Pattern.compile("(?m)^\\s*\"?kind\"?:\\s*\"?Secret\\b|PRIVATE KEY-----");

    public ExistingSources {
        sources = List.copyOf(sources);
        files = List.copyOf(files);
    }

    /** What cannot be copied. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** @param sink gets what cannot be read */
    public static ExistingSources read(List<String> named, InputStream input, ProjectPlace place, DiagnosticSink sink)
            throws IOException, Refused {
        SourceReader reader = new SourceReader(input, false);
        Set<String> sources = new LinkedHashSet<>();
        List<SourceFile> files = new ArrayList<>();
        SortedMap<String, String> copied = new TreeMap<>();
        for (String source : named) {
            List<SourceFile> read = reader.read(List.of(source), sink);
            files.addAll(read);
            if (!source.equals("-") && isInside(place.folder(), Path.of(source))) {
                String path = ProjectPlace.slashes(
                        place.folder().relativize(Path.of(source).toRealPath()));
                sources.add(path.isEmpty() ? "." : path);
            } else if (!read.isEmpty()) {
                for (SourceFile file : read) {
                    copy(file, copied);
                }
                sources.add(COPIES);
            }
        }
        return new ExistingSources(List.copyOf(sources), files, copied);
    }

    private static boolean isInside(Path project, Path source) throws IOException {
        return Files.exists(source) && source.toRealPath().startsWith(project);
    }

    private static void copy(SourceFile file, SortedMap<String, String> copied) throws Refused {
        if (PRIVATE.matcher(file.text()).find()) {
            throw new Refused(
                    "`" + file + "` is not copied: it holds a Secret or a private key, which no policy needs");
        }
        String name = file.name().equals("<stdin>")
                ? "resources.yaml"
                : String.valueOf(Path.of(file.name()).getFileName());
        if (copied.putIfAbsent(COPIES + "/" + name, file.text()) != null) {
            throw new Refused("two files are named `" + name + "`: give one of them another name");
        }
    }
}
