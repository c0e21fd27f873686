package dev.writ.runtime.testing;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One of the reports that Cucumber itself writes: {@code html:report.html}. Plugins of other people's are not on the class path
 * of the command, and are none here.
 *
 * @param argument the file or folder that it writes; empty for the standard output
 */
public record CucumberPlugin(String name, Optional<String> argument) {
    private static final Pattern ADDRESS = Pattern.compile("https?:.*");

    /** Where a plugin can write, see the constructors that Cucumber's {@code PluginFactory} finds. */
    private enum Output {
        ANYWHERE,
        STANDARD_OUTPUT,
        FOLDER
    }

    private static final Map<String, Output> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("html", Output.ANYWHERE),
            Map.entry("json", Output.ANYWHERE),
            Map.entry("junit", Output.ANYWHERE),
            Map.entry("message", Output.ANYWHERE),
            Map.entry("pretty", Output.ANYWHERE),
            Map.entry("progress", Output.ANYWHERE),
            Map.entry("rerun", Output.ANYWHERE),
            Map.entry("summary", Output.STANDARD_OUTPUT),
            Map.entry("teamcity", Output.STANDARD_OUTPUT),
            Map.entry("testng", Output.ANYWHERE),
            Map.entry("timeline", Output.FOLDER),
            Map.entry("unused", Output.ANYWHERE),
            Map.entry("usage", Output.ANYWHERE),
            Map.entry("usage-json", Output.ANYWHERE)));

    /** The names of all there are. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /**
     * Reads {@code NAME} or {@code NAME:FILE}.
     *
     * @throws IllegalArgumentException if it is none, with the reason in words
     */
    public static CucumberPlugin parse(String written) {
        int colon = written.indexOf(':');
        String name = colon < 0 ? written : written.substring(0, colon);
        Optional<String> argument = colon < 0 ? Optional.empty() : Optional.of(written.substring(colon + 1));
        Output output = KNOWN.get(name);
        if (output == null) {
            throw new IllegalArgumentException(
                    "there is no plugin `" + name + "`; there are " + String.join(", ", KNOWN.keySet()));
        }
        if (output == Output.STANDARD_OUTPUT && argument.isPresent()) {
            throw new IllegalArgumentException("`" + name + "` writes to the standard output only");
        }
        if (output == Output.FOLDER && argument.isEmpty()) {
            throw new IllegalArgumentException("`" + name + "` needs a folder, `" + name + ":DIR`");
        }
        if (argument.map(String::isEmpty).orElse(false)) {
            throw new IllegalArgumentException("`" + written + "` names no file");
        }
        return new CucumberPlugin(name, argument);
    }

    public boolean isOnStandardOutput() {
        return argument.isEmpty();
    }

    String pluginString() {
        return argument.map(place -> name + ":" + place).orElse(name);
    }

    // Cucumber would find out by an exception, after the run has begun.
    void requireWritable(DiagnosticSink sink) {
        argument.filter(place -> !ADDRESS.matcher(place).matches()).ifPresent(place -> {
            try {
                Path path = Path.of(place.startsWith("file:") ? place.substring("file:".length()) : place);
                Path folder = KNOWN.get(name) == Output.FOLDER
                        ? path
                        : path.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                if (!path.equals(folder)) {
                    Files.writeString(path, "");
                }
            } catch (IOException | InvalidPathException e) {
                sink.add(DiagnosticId.ARTIFACT_UNWRITABLE, null, "the report `" + place + "` cannot be written");
            }
        });
    }
}
