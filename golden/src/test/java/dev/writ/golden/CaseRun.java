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
                outputs.put(GoldenCase.TRANSCRIPT, transcript(temporary));
            } else {
                List<String> arguments = arguments(temporary);
                outputs.put(
                        GoldenCase.DIAGNOSTICS,
                        writ(temporary, "check", arguments).out());
                addIds(outputs, arguments, temporary);
                addSnapshot(outputs, arguments, temporary);
            }
        } finally {
            delete(temporary);
        }
        return outputs;
    }

    private void addIds(SortedMap<String, String> outputs, List<String> arguments, Path temporary) throws IOException {
        if (golden.has(GoldenCase.IDS)) {
            Outcome ids = writ(temporary, "ids", with(arguments, "--format", "json"));
            if (ids.exit() == FINE) {
                outputs.put(GoldenCase.IDS, ids.out());
            }
        }
    }

    private void addSnapshot(SortedMap<String, String> outputs, List<String> arguments, Path temporary)
            throws IOException {
        if (!golden.has(GoldenCase.SNAPSHOT)) {
            return;
        }
        Path out = temporary.resolve("out");
        if (writ(temporary, "compile", with(arguments, "--out", out.toString())).exit() == FINE) {
            try (Stream<Path> files = Files.walk(out)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String path = out.relativize(file).toString().replace('\\', '/');
                    outputs.put(GoldenCase.SNAPSHOT + path, Files.readString(file));
                }
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
        if (golden.has(GoldenCase.SOURCE)) {
            return List.of(golden.root()
                    .resolve(golden.lines(GoldenCase.SOURCE).get(0))
                    .toString());
        }
        if (golden.has(GoldenCase.ARGUMENTS)) {
            List<String> arguments = new ArrayList<>();
            for (String line : golden.lines(GoldenCase.ARGUMENTS)) {
                arguments.addAll(words(line, temporary));
            }
            return arguments;
        }
        return golden.sources().stream().map(Path::toString).toList();
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
                .replace(temporary.toString(), "{tmp}");
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
