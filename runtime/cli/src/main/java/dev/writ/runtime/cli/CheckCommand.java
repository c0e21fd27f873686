package dev.writ.runtime.cli;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticCounts;
import dev.writ.compiler.diagnostic.DiagnosticText;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ check}: its findings are the result, so they go to stdout. */
@Command(name = "check", description = "Parse, resolve and lint the sources.")
final class CheckCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    private final Invocation invocation;
    private final @Nullable EarlierFindings earlier;

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(names = "--format", paramLabel = "text|json|sarif", description = "How to show the findings.")
    private Format format = Format.TEXT;

    CheckCommand(Invocation invocation) {
        this(invocation, null);
    }

    /** @param earlier what the runs before this one found, of which only the changes are shown; null: all is */
    CheckCommand(Invocation invocation, @Nullable EarlierFindings earlier) {
        this.invocation = invocation;
        this.earlier = earlier;
    }

    @Override
    public Integer call() {
        Loaded loaded = Loaded.withEnvoyConfig(sources, invocation);
        List<Diagnostic> found = loaded.diagnostics();
        invocation
                .out()
                .print(
                        switch (format) {
                            case TEXT -> text(found, loaded.files().size());
                            case JSON -> Json.text(TargetOption.with(DiagnosticJson.of(found), loaded.target()));
                            case SARIF -> Json.text(Sarif.of(found, Version.text()));
                        });
        return loaded.exitCode();
    }

    private String text(List<Diagnostic> found, int files) {
        DiagnosticText text = new DiagnosticText(invocation.colourOut());
        return (earlier == null ? text.render(found) : earlier.changes(found, text))
                + Plural.of(files, "file") + " checked: "
                + DiagnosticCounts.of(found).summary() + "\n";
    }
}
