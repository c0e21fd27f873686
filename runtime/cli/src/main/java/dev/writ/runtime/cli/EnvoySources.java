package dev.writ.runtime.cli;

import dev.writ.compiler.check.envoy.EnvoyChecks;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.envoy.config.AnyConfigReader;
import dev.writ.compiler.envoy.config.ConfigForm;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode;
import dev.writ.compiler.syntax.YamlReader;
import java.nio.file.Path;
import java.util.List;

/** Those among the sources that are config of Envoy, and no policy. */
final class EnvoySources {
    private EnvoySources() {}

    /** Whether a file holds Envoy config and nothing else. */
    static boolean isOne(SourceFile file) {
        // Every resource of Kubernetes says its apiVersion, no config of Envoy does: most files are read but once.
        if (file.text().contains("apiVersion")) {
            return false;
        }
        DiagnosticSink broken = new DiagnosticSink();
        List<YamlNode> documents = new YamlReader().read(SourceText.whole(file), broken);
        return !broken.hasErrors() && !documents.isEmpty() && documents.stream().allMatch(ConfigForm::isEnvoyConfig);
    }

    static void check(SourceFile file, DiagnosticSink sink) {
        Path place = Path.of(file.name());
        AnyConfigReader reader = new AnyConfigReader(path -> DecideCommand.fileBeside(place, path));
        EnvoyChecks.run(reader.read(file, sink), sink);
    }
}
