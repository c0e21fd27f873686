package dev.writ.golden;

import dev.writ.runtime.cli.WritCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes the outputs of a case, by the command line that users have. Paths in them start at the case, or at the root. */
final class CaseRun {
    private static final int FINE = 0;
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final GoldenCase golden;

    CaseRun(GoldenCase golden) {
        this.golden = golden;
    }

    private record Outcome(int exit, String out, String err) {}

    /** All outputs that the case is to have, by path. */
    SortedMap<String, String> outputs() throws IOException {
        SortedMap<String, String> outputs = new TreeMap<>();
        Path temporary = Files.createTempDirectory("writ-golden");
        try {
            if (golden.has(GoldenCase.COMMANDS)) {
                copyGiven(temporary);
                outputs.put(GoldenCase.TRANSCRIPT, transcript(temporary));
            } else if (golden.has(GoldenCase.TARGETS)) {
                for (String target : golden.lines(GoldenCase.TARGETS)) {
                    add(outputs, target + "/", with(arguments(temporary), "--target", target), temporary);
                }
            } else {
                add(outputs, "", arguments(temporary), temporary);
            }
        } finally {
            delete(temporary);
        }
        return outputs;
    }

    /** @param below the folder of the outputs, with its slash; empty: that of the case */
    private void add(SortedMap<String, String> outputs, String below, List<String> arguments, Path temporary)
            throws IOException {
        outputs.put(
                below + GoldenCase.DIAGNOSTICS,
                writ(temporary, "check", arguments).out());
        addIds(outputs, below + GoldenCase.IDS, arguments, temporary);
        addSnapshot(outputs, below + GoldenCase.SNAPSHOT, arguments, temporary);
    }

    private void addIds(SortedMap<String, String> outputs, String file, List<String> arguments, Path temporary) {
        if (golden.has(file)) {
            Outcome ids = writ(temporary, "ids", with(arguments, "--format", "json"));
            if (ids.exit() == FINE) {
                outputs.put(file, ids.out());
            }
        }
    }

    private void addSnapshot(SortedMap<String, String> outputs, String folder, List<String> arguments, Path temporary)
            throws IOException {
        if (!golden.has(folder)) {
            return;
        }
        Path out = Files.createTempDirectory(temporary, "out");
        if (writ(temporary, "compile", with(arguments, "--out", out.toString())).exit() == FINE) {
            try (Stream<Path> files = Files.walk(out)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String path = out.relativize(file).toString().replace('\\', '/');
                    if (!path.startsWith(".writ/")) {
                        outputs.put(folder + path, Files.readString(file));
                    }
                }
            }
        }
    }

    private void copyGiven(Path temporary) throws IOException {
        Path given = golden.folder().resolve(GoldenCase.GIVEN);
        if (!Files.isDirectory(given)) {
            return;
        }
        try (Stream<Path> files = Files.walk(given)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = temporary.resolve(given.relativize(file));
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy);
            }
        }
    }

    private String transcript(Path temporary) throws IOException {
        StringBuilder transcript = new StringBuilder();
        for (String line : golden.lines(GoldenCase.COMMANDS)) {
            List<String> words = words(line, temporary);
            Outcome outcome = writ(temporary, words.get(0), words.subList(1, words.size()));
            transcript.append("$ writ ").append(line).append('\n');
            transcript.append(outcome.out()).append(outcome.err());
            transcript.append("exit ").append(outcome.exit()).append("\n\n");
        }
        return transcript.toString();
    }

    private List<String> arguments(Path temporary) throws IOException {
        List<String> arguments = new ArrayList<>();
        if (golden.has(GoldenCase.SOURCE)) {
            arguments.add(golden.root()
                    .resolve(golden.lines(GoldenCase.SOURCE).get(0))
                    .toString());
        } else if (golden.has(GoldenCase.ARGUMENTS)) {
            addWords(arguments, GoldenCase.ARGUMENTS, temporary);
        } else {
            golden.sources().forEach(source -> arguments.add(source.toString()));
        }
        if (golden.has(GoldenCase.OPTIONS)) {
            addWords(arguments, GoldenCase.OPTIONS, temporary);
        }
        return arguments;
    }

    private void addWords(List<String> arguments, String file, Path temporary) throws IOException {
        for (String line : golden.lines(file)) {
            arguments.addAll(words(line, temporary));
        }
    }

    private List<String> words(String line, Path temporary) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add((word.group(1) == null ? word.group(2) : word.group(1))
                    .replace("{case}", golden.folder().toString())
                    .replace("{root}", golden.root().toString())
                    .replace("{tmp}", temporary.toString()));
        }
        return words;
    }

    private Outcome writ(Path temporary, String command, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = new WritCli(InputStream.nullInputStream(), print(out), print(err), Map.of())
                .run(Stream.concat(Stream.of(command), arguments.stream()).toArray(String[]::new));
        return new Outcome(exit, relative(out, temporary), relative(err, temporary));
    }

    private String relative(ByteArrayOutputStream stream, Path temporary) {
        return stream.toString(StandardCharsets.UTF_8)
                .replace(golden.folder() + "/", "")
                .replace(golden.root() + "/", "")
                .replace(temporary.toString(), "{tmp}")
                .replaceAll("(\"name\" ?: ?\"writ\",\\s*\"version\" ?: ?)\"[^\"]*\"", "$1\"{version}\"");
    }

    private static List<String> with(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toList();
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, false, StandardCharsets.UTF_8);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
