package dev.writ.runtime.cli;

import dev.writ.compiler.check.envoy.EnvoyChecks;
import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfig;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.envoy.config.ConfigForm;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlReader;
import dev.writ.runtime.testing.FeatureSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Those among the sources that are config of Envoy, and no policy. */
final class EnvoySources {
    private static final List<String> BINARY = List.of(".pb", ".bin", ".binpb");

    private EnvoySources() {}

    /** What of a file is policy, and what is config of Envoy: each with its documents where they stand, and blanks for the others. */
    record Parts(Optional<SourceFile> policies, Optional<SourceFile> envoy) {}

    static Parts parts(SourceFile file) {
        // Every resource of Kubernetes says its apiVersion: most files hold nothing else, and are read but once.
        boolean isPolicy = file.name().endsWith(".writ") || FeatureSources.isOne(file);
        if (isPolicy || file.text().contains("apiVersion") && !ConfigForm.mayHoldEnvoyConfig(file.text())) {
            return new Parts(Optional.of(file), Optional.empty());
        }
        DiagnosticSink broken = new DiagnosticSink();
        List<YamlNode> documents = new YamlReader().read(SourceText.whole(file), broken);
        List<YamlNode> envoy =
                documents.stream().filter(ConfigForm::isEnvoyConfig).toList();
        if (broken.hasErrors() || envoy.isEmpty()) {
            return new Parts(Optional.of(file), Optional.empty());
        }
        if (envoy.size() == documents.size()) {
            return new Parts(Optional.empty(), Optional.of(file));
        }
        List<YamlNode> policies =
                documents.stream().filter(document -> !envoy.contains(document)).toList();
        return new Parts(Optional.of(without(envoy, file)), Optional.of(without(policies, file)));
    }

    /** The same file, so that every place in it stays where it is. */
    private static SourceFile without(List<YamlNode> documents, SourceFile file) {
        StringBuilder text = new StringBuilder(file.text());
        for (YamlNode document : documents) {
            for (int i = document.span().start(); i < document.span().end(); i++) {
                if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                    text.setCharAt(i, ' ');
                }
            }
        }
        return new SourceFile(file.name(), text.toString(), file.named());
    }

    static void check(SourceFile file, DiagnosticSink sink) {
        Path place = Path.of(file.name());
        AnyConfigReader reader = new AnyConfigReader(path -> DecideCommand.fileBeside(place, path));
        EnvoyChecks.run(reader.read(file, sink), sink);
    }

    /** Those of the sources that are the bytes of messages, by their names and what is in them. */
    static List<Path> binaries(List<String> sources) {
        return sources.stream()
                .filter(source -> BINARY.stream().anyMatch(source::endsWith))
                .map(Path::of)
                .filter(path -> Files.isRegularFile(path) && Files.isReadable(path))
                .toList();
    }

    /** Findings there have no lines. */
    static SourceFile check(Path binary, DiagnosticSink sink) {
        SourceFile file = new SourceFile(binary.toString(), "");
        AnyConfigReader reader = new AnyConfigReader(path -> DecideCommand.fileBeside(binary, path));
        DiagnosticSink found = new DiagnosticSink();
        try {
            AnyConfig config = reader.read(Files.readAllBytes(binary));
            EnvoyChecks.run(config, found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Diagnostic one : found.sorted()) {
            sink.add(new Diagnostic(
                    one.id(), one.severity(), one.message(), file.span(0, 0), one.related(), one.help(), one.field()));
        }
        return file;
    }
}
