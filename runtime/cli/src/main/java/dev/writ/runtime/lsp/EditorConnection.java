package dev.writ.runtime.lsp;

import dev.writ.compiler.model.ModelOptions;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;

/**
 * The connection to one editor, over a pair of streams that carry nothing but the protocol.
 *
 * @param policies folders in those of the workspace that are a policy of their own each; empty: each folder of the workspace is one
 * @param version of Writ, for the editor to show
 */
public record EditorConnection(ModelOptions options, List<Path> policies, String version) {
    public EditorConnection {
        policies = List.copyOf(policies);
    }

    /** LSP4J logs, with stack traces, what we answer or log to the client ourselves; held here, or it would be collected. */
    private static final Logger LSP4J = Logger.getLogger("org.eclipse.lsp4j");

    /** Serves until the editor says {@code exit}, or is gone; gives the exit code. */
    public int serve(InputStream in, OutputStream out) {
        LSP4J.setLevel(Level.OFF);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "writ-lsp");
            thread.setDaemon(true);
            return thread;
        });
        AtomicReference<LanguageClient> client = new AtomicReference<>();
        WritLanguageServer server = new WritLanguageServer(client::get, options, policies, version);
        Launcher<LanguageClient> launcher = new LSPLauncher.Builder<LanguageClient>()
                .setLocalService(server)
                .setRemoteInterface(LanguageClient.class)
                .setInput(in)
                .setOutput(out)
                .setExecutorService(threads)
                .setExceptionHandler(EditorConnection::answer)
                .create();
        client.set(launcher.getRemoteProxy());
        Future<Void> listening = launcher.startListening();
        threads.execute(() -> {
            awaitEnd(listening);
            server.disconnected();
        });
        try {
            return server.exited().join();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitEnd(Future<Void> listening) {
        try {
            listening.get();
        } catch (ExecutionException broken) {
            // What cannot be read any further has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The protocol's client shows this to its user: no stack trace.
    private static ResponseError answer(Throwable bug) {
        return new ResponseError(ResponseErrorCode.InternalError, "a bug in writ: " + bug, null);
    }
}
