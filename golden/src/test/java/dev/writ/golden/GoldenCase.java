package dev.writ.golden;

import dev.writ.compiler.model.Target;
import dev.writ.runtime.golden.Difference;
import dev.writ.runtime.golden.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One folder {@code golden/cases/AREA/CASE}: inputs, and the outputs that Writ makes of them.
 *
 * <table>
 * <caption>What a case may hold</caption>
 * <tr><td>{@code *.yaml *.json *.writ}</td><td>the sources, named to {@code check} one by one</td></tr>
 * <tr><td>{@code source.txt}</td><td>instead: one line, the source's path from the repository's root</td></tr>
 * <tr><td>{@code arguments.txt}</td><td>instead: arguments of {@code check}, one a line; {@code {case}} is this folder</td></tr>
 * <tr><td>{@code options.txt}</td><td>options of {@code check}, {@code ids} and {@code compile} beside the sources, one a line</td></tr>
 * <tr><td>{@code targets.txt}</td><td>one a line: each has its outputs, in a folder of its name</td></tr>
 * <tr><td>{@code commands.txt}</td><td>command lines of {@code writ}; {@code {case}}, {@code {root}}, {@code {tmp}} are folders</td></tr>
 * <tr><td>{@code given/}</td><td>what {@code {tmp}} holds before the commands</td></tr>
 * <tr><td>{@code diagnostics.txt}</td><td>output: what {@code check} prints; every case without commands has it</td></tr>
 * <tr><td>{@code ids.json}</td><td>output of {@code ids --format json}, compared where it is there</td></tr>
 * <tr><td>{@code snapshot/}</td><td>output of {@code compile}, compared where the folder is there</td></tr>
 * <tr><td>{@code transcript.txt}</td><td>output: what the commands print and their exit codes</td></tr>
 * </table>
 *
 * <p>Errors exclude {@code ids.json} and {@code snapshot/}: nothing makes them, so they are stale. Any other file
 * is stale too, but folders of other names may hold further inputs.
 */
record GoldenCase(Path root, Path folder) {
    static final String DIAGNOSTICS = "diagnostics.txt";
    static final String TRANSCRIPT = "transcript.txt";
    static final String IDS = "ids.json";
    static final String SNAPSHOT = "snapshot/";
    static final String SOURCE = "source.txt";
    static final String ARGUMENTS = "arguments.txt";
    static final String OPTIONS = "options.txt";
    static final String TARGETS = "targets.txt";
    static final String COMMANDS = "commands.txt";
    static final String GIVEN = "given/";

    private static final Set<String> SETTINGS = Set.of(SOURCE, ARGUMENTS, OPTIONS, TARGETS, COMMANDS);
    private static final List<String> SOURCES = List.of(".yaml", ".json", ".writ", ".feature");

    /** All cases of a repository, by name. */
    static List<GoldenCase> all(Path root) throws IOException {
        List<GoldenCase> cases = new ArrayList<>();
        for (Path area : folders(root.resolve("golden/cases"))) {
            folders(area).forEach(folder -> cases.add(new GoldenCase(root, folder)));
        }
        return cases;
    }

    /** {@code AREA/CASE}. */
    String name() {
        return root.resolve("golden/cases").relativize(folder).toString().replace('\\', '/');
    }

    boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    /** The lines of a settings file that say something. */
    List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** The sources in this folder, by name. */
    List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isSource(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /** What is committed and not what Writ makes of the inputs today. */
    List<Difference> differences() throws IOException {
        return files().compare(new CaseRun(this).outputs());
    }

    /** Accepts what Writ makes of the inputs today. */
    void update() throws IOException {
        files().update(new CaseRun(this).outputs());
    }

    /** The text of everything that is committed as output, by path. */
    SortedMap<String, String> committed() throws IOException {
        SortedMap<String, String> outputs = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (isOutput(path)) {
                    outputs.put(path, Files.readString(file));
                }
            }
        }
        return outputs;
    }

    private GoldenFiles files() {
        return new GoldenFiles(folder, GoldenCase::isOutput);
    }

    // Folders hold inputs, but for the two kinds of folders that are outputs.
    private static boolean isOutput(String path) {
        int slash = path.indexOf('/');
        return slash < 0
                ? !SETTINGS.contains(path) && !isSource(path)
                : path.startsWith(SNAPSHOT)
                        || Target.of(path.substring(0, slash)).isPresent();
    }

    private static boolean isSource(String file) {
        return !file.equals(IDS) && SOURCES.stream().anyMatch(file::endsWith);
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }
}
