package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.envoy.config.EnvoyConfig;
import dev.writ.compiler.envoy.config.EnvoyConfigReader;
import dev.writ.compiler.envoy.config.Reading;
import dev.writ.compiler.model.WorkloadKey;
import dev.writ.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder that {@code writ compile} wrote: one folder for each workload, named like it, with its config. */
final class CompiledFolder {
    private static final Pattern CONFIG = Pattern.compile("(?:([^/]+)/)?([^/]+)/(envoy|snapshot)\\.(yaml|json|pb)");
    private static final int DEPTH = 3;

    private CompiledFolder() {}

    /**
     * The configs in it; empty if it holds none, and so is none.
     *
     * @param sink is told of those that cannot be read
     */
    static Optional<SortedMap<WorkloadKey, EnvoyConfig>> read(Path folder, DiagnosticSink sink) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        SortedMap<WorkloadKey, EnvoyConfig> configs = new TreeMap<>();
        boolean isOne = false;
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Matcher name = CONFIG.matcher(folder.relativize(file).toString().replace('\\', '/'));
            if (name.matches()) {
                isOne = true;
                WorkloadKey key = key(name.group(1), name.group(2));
                config(file, sink).ifPresent(config -> configs.put(key, config));
            }
        }
        return isOne ? Optional.of(configs) : Optional.empty();
    }

    /** Mesh, zone and kind are not among what a folder is named by. */
    private static WorkloadKey key(@Nullable String namespace, String name) {
        return new WorkloadKey("default", "default", "Dataplane", namespace, name);
    }

    private static Optional<EnvoyConfig> config(Path file, DiagnosticSink sink) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String name = file.getFileName().toString();
            if (name.equals("snapshot.pb")) {
                return snapshot(file, bytes, sink);
            }
            AnyConfigReader reader = new AnyConfigReader(path -> DecideCommand.fileBeside(file, path));
            if (name.endsWith(".pb")) {
                return accepted(file, reader.read(bytes), sink);
            }
            DiagnosticSink found = new DiagnosticSink();
            AnyConfig config =
                    reader.read(new SourceFile(file.toString(), new String(bytes, StandardCharsets.UTF_8)), found);
            found.sorted().forEach(sink::add);
            return found.hasErrors() ? Optional.empty() : accepted(file, config, sink);
        } catch (IOException unreadable) {
            return unreadable(file, String.valueOf(unreadable.getMessage()), sink);
        }
    }

    private static Optional<EnvoyConfig> snapshot(Path file, byte[] bytes, DiagnosticSink sink) {
        return switch (EnvoyConfigReader.readSnapshot(bytes)) {
            case Reading.Read read -> Optional.of(read.config());
            case Reading.Refused refused -> unreadable(file, refused.reasons().getFirst(), sink);
        };
    }

    private static Optional<EnvoyConfig> accepted(Path file, AnyConfig config, DiagnosticSink sink) {
        List<Diagnostic> refused = DecideCommand.refusals(List.of(config));
        for (Diagnostic one : refused) {
            // A binary one has no lines.
            if (one.span() == null) {
                unreadable(file, one.message(), sink);
            } else {
                sink.add(one);
            }
        }
        return refused.isEmpty() ? Optional.of(config.config()) : Optional.empty();
    }

    private static Optional<EnvoyConfig> unreadable(Path file, String reason, DiagnosticSink sink) {
        SourceFile place = new SourceFile(file.toString(), "");
        sink.add(Diagnostic.of(DiagnosticId.SOURCE_UNREADABLE, place.span(0, 0), "it cannot be read: " + reason));
        return Optional.empty();
    }
}
