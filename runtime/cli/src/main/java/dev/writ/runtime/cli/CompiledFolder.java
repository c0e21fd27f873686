package dev.writ.runtime.cli;

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

    /** The configs in it; empty if it holds none, and so is none. */
    static Optional<SortedMap<WorkloadKey, EnvoyConfig>> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        SortedMap<WorkloadKey, EnvoyConfig> configs = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Matcher name = CONFIG.matcher(folder.relativize(file).toString().replace('\\', '/'));
            if (name.matches()) {
                configs.put(key(name.group(1), name.group(2)), config(file));
            }
        }
        return configs.isEmpty() ? Optional.empty() : Optional.of(configs);
    }

    /** Mesh, zone and kind are not among what a folder is named by. */
    private static WorkloadKey key(@Nullable String namespace, String name) {
        return new WorkloadKey("default", "default", "Dataplane", namespace, name);
    }

    private static EnvoyConfig config(Path file) throws IOException {
        String name = file.getFileName().toString();
        byte[] bytes = Files.readAllBytes(file);
        AnyConfigReader reader = new AnyConfigReader(path -> DecideCommand.fileBeside(file, path));
        if (name.equals("snapshot.pb")) {
            return snapshot(file, bytes);
        }
        if (name.endsWith(".pb")) {
            return accepted(file, reader.read(bytes));
        }
        DiagnosticSink sink = new DiagnosticSink();
        AnyConfig config =
                reader.read(new SourceFile(file.toString(), new String(bytes, StandardCharsets.UTF_8)), sink);
        if (sink.hasErrors()) {
            throw new IOException(file + ": " + sink.sorted().getFirst().message());
        }
        return accepted(file, config);
    }

    private static EnvoyConfig snapshot(Path file, byte[] bytes) throws IOException {
        return switch (EnvoyConfigReader.readSnapshot(bytes)) {
            case Reading.Read read -> read.config();
            case Reading.Refused refused ->
                throw new IOException(file + ": " + refused.reasons().getFirst());
        };
    }

    private static EnvoyConfig accepted(Path file, AnyConfig config) throws IOException {
        if (!config.refusals().isEmpty()) {
            throw new IOException(file + ": " + config.refusals().getFirst());
        }
        return config.config();
    }
}
