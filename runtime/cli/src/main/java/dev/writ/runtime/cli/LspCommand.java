package dev.writ.runtime.cli;

import dev.writ.runtime.lsp.EditorConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ lsp}: stdout carries the protocol and nothing else. */
@Command(
        name = "lsp",
        description = "Serve an editor, by the Language Server Protocol on stdin and stdout (docs/editor.md).")
final class LspCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = "--policy",
            paramLabel = "DIR",
            description = "A folder in the editor's workspace that is a policy of its own; repeat it for several"
                    + " (default: a workspace folder with all in it is one policy).")
    private List<Path> policies = List.of();

    @Mixin
    private ControlPlaneOptions controlPlane = new ControlPlaneOptions();

    LspCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new EditorConnection(controlPlane.compilerOptions(), policies, Version.text())
                .serve(invocation.in(), invocation.out());
    }
}
