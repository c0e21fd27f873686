package dev.writ.runtime.cli;

import dev.writ.compiler.check.envoy.Refusals;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.source.SourceFile;
import dev.writ.runtime.judge.RequestTable;
import dev.writ.runtime.judge.RequestTableReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code writ decide}: what any config of Envoy says to a table of requests. */
@Command(
        name = "decide",
        description = {
            "Judge a table of requests by any Envoy config: a bootstrap, a listener, an RBAC filter, a config dump.",
            "The requests say what is expected of them, or just are decided."
        })
final class DecideCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Parameters(
            arity = "0..*",
            paramLabel = "CONFIG",
            description = "YAML, JSON or binary; none, if the cases of the table bring their own.")
    private List<Path> configs = List.of();

    @Option(names = "--requests", required = true, paramLabel = "FILE", description = "The table of requests, YAML.")
    private Path requests = Path.of("");

    @Option(names = "--listener", paramLabel = "NAME", description = "Of several listeners the one to ask.")
    private @Nullable String listener;

    @Option(
            names = "--filter-chain",
            paramLabel = "NAME",
            description = "Of its filter chains the one to ask, whatever it is for.")
    private @Nullable String filterChain;

    @Option(names = "--trace", description = "Show what was asked of each request.")
    private boolean trace;

    @Option(names = "--format", paramLabel = "text|json", description = "How to show the verdicts.")
    private Format format = Format.TEXT;

    DecideCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        DiagnosticSink sink = new DiagnosticSink();
        List<AnyConfig> given = new ArrayList<>();
        for (Path config : configs) {
            given.add(read(config, sink));
        }
        AnyConfigReader inTable = new AnyConfigReader(path -> fileBeside(requests, path));
        RequestTable table = new RequestTableReader(inTable, sink)
                .read(new SourceFile(requests.toString(), text(Files.readAllBytes(requests), requests)));
        if (sink.hasErrors()) {
            invocation.report(sink.sorted());
            return ExitCode.USAGE;
        }
        if (given.isEmpty()
                && table.cases().stream().anyMatch(one -> one.configs().isEmpty())) {
            throw new ParameterException(
                    command.commandLine(), "requests without a config of their own: name a CONFIG");
        }
        List<Diagnostic> refused = refusals(given);
        if (!refused.isEmpty()) {
            invocation.report(refused);
            return ExitCode.NO;
        }
        Decisions decisions;
        try {
            decisions = new Decisions(given, listener, filterChain, Instant.now()).of(table);
        } catch (Decisions.NoChoice unclear) {
            throw new ParameterException(command.commandLine(), unclear.getMessage());
        }
        invocation.report(decisions.refusals());
        invocation
                .out()
                .print(
                        switch (format) {
                            case TEXT ->
                                new DecisionsText(decisions, trace, new Colours(invocation.colourOut())).render();
                            case JSON -> Json.text(DecisionsJson.of(decisions, trace));
                        });
        return decisions.disagree() > 0 || !decisions.refusals().isEmpty() && decisions.expectsNothing()
                ? ExitCode.NO
                : ExitCode.FINE;
    }

    private AnyConfig read(Path config, DiagnosticSink sink) throws IOException {
        byte[] bytes = Files.readAllBytes(config);
        AnyConfigReader reader = new AnyConfigReader(path -> fileBeside(config, path));
        String text = decoded(bytes);
        return text == null ? reader.read(bytes) : reader.read(new SourceFile(config.toString(), text), sink);
    }

    private static String text(byte[] bytes, Path file) throws IOException {
        String text = decoded(bytes);
        if (text == null) {
            throw new IOException("`" + file + "` is not text in UTF-8");
        }
        return text;
    }

    /** Null for bytes that are no text. */
    static @Nullable String decoded(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean binary = text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
            return binary ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Envoy reads relative paths from where it runs, which for an artifact is its own folder. */
    static Optional<String> fileBeside(Path config, String path) {
        Path file = config.resolveSibling(path);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static List<Diagnostic> refusals(List<AnyConfig> configs) {
        return configs.stream()
                .flatMap(config -> Refusals.of(config).stream())
                .distinct()
                .sorted(Diagnostic.ORDER)
                .toList();
    }
}
