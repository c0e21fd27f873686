package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.SourceReader;
import dev.writ.compiler.syntax.WritFormatter;
import dev.writ.runtime.testing.feature.FeatureFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code writ fmt}: the one layout of {@code .writ} files, and of the rules in features. */
@Command(
        name = "fmt",
        description = {
            "Format .writ files, and the Writ rules in the doc strings of .feature files.",
            "Comments stay; a file that does not parse is left as it is."
        })
final class FmtCommand implements Callable<Integer> {
    private static final String STDIN = "<stdin>";

    private final Invocation invocation;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files, or folders with .writ files.")
    private List<Path> files = List.of();

    @Option(names = "--check", description = "Only say which files are not formatted.")
    private boolean check;

    @Option(names = "--stdin", description = "Format standard input to standard output.")
    private boolean stdin;

    FmtCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        if (stdin != files.isEmpty()) {
            throw new ParameterException(command.commandLine(), "name files to format, or --stdin");
        }
        DiagnosticSink sink = new DiagnosticSink();
        Map<Path, String> changed = new LinkedHashMap<>();
        int count = 0;
        int broken = 0;
        for (Path file : stdin ? List.of(Path.of(STDIN)) : named()) {
            count++;
            DiagnosticSink ofFile = new DiagnosticSink();
            byte[] written = stdin ? invocation.in().readAllBytes() : bytes(file);
            Optional<String> formatted = format(file, written, ofFile);
            ofFile.sorted().forEach(sink::add);
            broken += ofFile.hasErrors() ? 1 : 0;
            formatted
                    .filter(text -> !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), written))
                    .ifPresent(text -> changed.put(file, text));
            if (stdin && !check && formatted.isPresent()) {
                invocation.out().print(formatted.get());
            }
        }
        invocation.report(sink.sorted());
        if (!stdin) {
            finish(changed, count, broken);
        }
        return sink.hasErrors()
                ? ExitCode.of(sink.sorted())
                : check && !changed.isEmpty() ? ExitCode.NO : ExitCode.FINE;
    }

    private void finish(Map<Path, String> changed, int count, int broken) throws IOException {
        for (Map.Entry<Path, String> file : changed.entrySet()) {
            if (check) {
                invocation.out().println(file.getKey() + ":" + firstChange(file) + ":1: not formatted");
            } else {
                Files.writeString(file.getKey(), file.getValue());
                invocation.out().println(file.getKey());
            }
        }
        String what = check ? "not formatted" : "formatted";
        invocation
                .out()
                .println(Plural.of(count, "file") + ": "
                        + (changed.isEmpty() ? broken > 0 ? "" : "nothing to format" : changed.size() + " " + what)
                        + (changed.isEmpty() || broken == 0 ? "" : ", ")
                        + (broken == 0 ? "" : broken + " in error, left as " + (broken == 1 ? "it is" : "they are")));
    }

    private static int firstChange(Map.Entry<Path, String> file) throws IOException {
        String before = new String(Files.readAllBytes(file.getKey()), StandardCharsets.UTF_8);
        String[] one = before.split("\n", -1);
        String[] other = file.getValue().split("\n", -1);
        int line = 0;
        while (line < one.length && line < other.length && one[line].equals(other[line])) {
            line++;
        }
        return Math.min(line + 1, one.length);
    }

    private static byte[] bytes(Path file) throws IOException {
        // What cannot be read is a finding of the reader's.
        return Files.isRegularFile(file) && Files.size(file) <= SourceReader.MAX_BYTES
                ? Files.readAllBytes(file)
                : new byte[0];
    }

    private static Optional<String> format(Path file, byte[] bytes, DiagnosticSink sink) {
        boolean isFeature = file.toString().endsWith(".feature");
        Optional<SourceFile> source = file.equals(Path.of(STDIN))
                ? read("-", new ByteArrayInputStream(bytes), sink)
                : read(file.toString(), InputStream.nullInputStream(), sink);
        return source.flatMap(text ->
                isFeature ? FeatureFormat.format(text, sink) : WritFormatter.formatFile(SourceText.whole(text), sink));
    }

    private static Optional<SourceFile> read(String name, InputStream input, DiagnosticSink sink) {
        DiagnosticSink found = new DiagnosticSink();
        Optional<SourceFile> file = new SourceReader(input, false)
                .read(List.of(name), found).stream().findFirst();
        if (file.isEmpty()) {
            found.sorted().forEach(sink::add);
        }
        return file;
    }

    private List<Path> named() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                try (Stream<Path> entries = Files.list(file)) {
                    entries.filter(entry -> entry.toString().endsWith(".writ"))
                            .sorted()
                            .forEach(all::add);
                }
            } else if (file.toString().endsWith(".writ") || file.toString().endsWith(".feature")) {
                all.add(file);
            } else {
                throw new ParameterException(command.commandLine(), "`" + file + "` is no .writ or .feature file");
            }
        }
        return all;
    }
}
