package dev.writ.runtime.lsp;

import dev.writ.compiler.model.ModelOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.jspecify.annotations.Nullable;

/** An editor as the server sees one: LSP4J's client, with documents that it keeps in step and findings that it waits for. */
final class Editor implements LanguageClient, AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<String, PublishDiagnosticsParams> findings = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final LanguageServer server;
    private final OutputStream toServer;

    private Editor(InputStream fromServer, OutputStream toServer) {
        this.toServer = toServer;
        Launcher<LanguageServer> launcher = LSPLauncher.createClientLauncher(this, fromServer, toServer);
        server = launcher.getRemoteProxy();
        var unused = launcher.startListening();
    }

    /** Of a server at the other end of these streams. */
    static Editor over(InputStream fromServer, OutputStream toServer) {
        return new Editor(fromServer, toServer);
    }

    /** Of a server in this process, with this folder as its workspace; null for none. */
    static Editor in(@Nullable Path folder, String... policies) {
        return in(folder, ModelOptions.DEFAULT, policies);
    }

    static Editor in(@Nullable Path folder, ModelOptions options, String... policies) {
        try {
            PipedInputStream fromServer = new PipedInputStream(1 << 16);
            PipedOutputStream serverOut = new PipedOutputStream(fromServer);
            PipedInputStream serverIn = new PipedInputStream(1 << 16);
            PipedOutputStream toServer = new PipedOutputStream(serverIn);
            List<Path> roots = List.of(policies).stream().map(Path::of).toList();
            Thread serving = new Thread(() -> {
                try (serverOut) {
                    new EditorConnection(options, roots, "test").serve(serverIn, serverOut);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            serving.setDaemon(true);
            serving.start();
            Editor editor = new Editor(fromServer, toServer);
            editor.start(folder);
            return editor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a client of this process's. */
    void startAs(long processId) {
        InitializeParams parameters = new InitializeParams();
        parameters.setProcessId((int) processId);
        start(null, parameters);
    }

    InitializeResult start(@Nullable Path folder) {
        return start(folder, new InitializeParams());
    }

    private InitializeResult start(@Nullable Path folder, InitializeParams parameters) {
        parameters.setCapabilities(new ClientCapabilities());
        if (folder != null) {
            parameters.setWorkspaceFolders(
                    List.of(new WorkspaceFolder(folder.toUri().toString(), "workspace")));
        }
        InitializeResult result = await(server.initialize(parameters));
        server.initialized(new InitializedParams());
        return result;
    }

    LanguageServer server() {
        return server;
    }

    /** Opens a file as it is on the disk. */
    String open(Path file) {
        return open(file.toUri().toString(), read(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String open(String uri, String text) {
        texts.put(uri, text);
        versions.put(uri, 1);
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "yaml", 1, text)));
        return uri;
    }

    /** Types the second text where the first stands, as one change of a range. */
    void type(String uri, String before, String after) {
        String text = text(uri);
        int at = text.indexOf(before);
        if (at < 0) {
            throw new IllegalArgumentException("no `" + before + "` in " + uri);
        }
        Lines lines = new Lines(text);
        change(
                uri,
                text.substring(0, at) + after + text.substring(at + before.length()),
                new TextDocumentContentChangeEvent(
                        new Range(lines.rawPosition(at), lines.rawPosition(at + before.length())), after));
    }

    /** Puts another line in the place of the first that has these words. */
    void replaceLine(String uri, String words, String line) {
        String text = text(uri);
        int at = text.indexOf(words);
        int start = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at);
        replace(uri, text.substring(0, start) + line + (end < 0 ? "" : text.substring(end)));
    }

    void replace(String uri, String text) {
        change(uri, text, new TextDocumentContentChangeEvent(text));
    }

    private void change(String uri, String text, TextDocumentContentChangeEvent event) {
        texts.put(uri, text);
        int version = version(uri) + 1;
        versions.put(uri, version);
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(uri, version), List.of(event)));
    }

    void save(String uri) {
        server.getTextDocumentService().didSave(new DidSaveTextDocumentParams(new TextDocumentIdentifier(uri)));
    }

    /** As a client that watches files says what happened to one. */
    void watched(Path file, FileChangeType what) {
        server.getWorkspaceService()
                .didChangeWatchedFiles(new DidChangeWatchedFilesParams(
                        List.of(new FileEvent(file.toUri().toString(), what))));
    }

    void close(String uri) {
        texts.remove(uri);
        versions.remove(uri);
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri)));
    }

    String text(String uri) {
        return Objects.requireNonNull(texts.get(uri), uri);
    }

    int version(String uri) {
        return versions.getOrDefault(uri, 0);
    }

    /** The findings of the document as it is now, each as {@code id: underlined text: message}. */
    List<String> findings(String uri) {
        int version = version(uri);
        PublishDiagnosticsParams shown = published(uri, one -> one.getVersion() != null && one.getVersion() == version);
        return shown.getDiagnostics().stream()
                .map(finding -> said(uri, finding))
                .toList();
    }

    private String said(String uri, Diagnostic finding) {
        return finding.getCode().getLeft() + ": " + text(uri, finding.getRange()) + ": "
                + finding.getMessage().getLeft();
    }

    /** The text of a range. */
    String text(String uri, Range range) {
        Lines lines = new Lines(text(uri));
        return text(uri).substring(lines.rawOffset(range.getStart()), lines.rawOffset(range.getEnd()));
    }

    /** The last findings that the server sent of a document, once they are as they should be. */
    synchronized PublishDiagnosticsParams published(String uri, Predicate<PublishDiagnosticsParams> expected) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            PublishDiagnosticsParams shown = findings.get(uri);
            if (shown != null && expected.test(shown)) {
                return shown;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("waited in vain for findings of " + uri + "; there are " + findings);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** The place right behind a text. */
    Position behind(String uri, String words) {
        int at = text(uri).indexOf(words);
        if (at < 0) {
            throw new IllegalArgumentException("no `" + words + "` in " + uri);
        }
        return new Lines(text(uri)).rawPosition(at + words.length());
    }

    /** What is said of the place behind these words; empty for nothing. */
    String hover(String uri, String words) {
        Hover hover = await(server.getTextDocumentService()
                .hover(new HoverParams(new TextDocumentIdentifier(uri), behind(uri, words))));
        return hover == null ? "" : hover.getContents().getRight().getValue();
    }

    /** Where the place behind these words leads: each file with the text there. */
    List<String> definition(String uri, String words) {
        return await(server.getTextDocumentService()
                        .definition(new DefinitionParams(new TextDocumentIdentifier(uri), behind(uri, words))))
                .getLeft()
                .stream()
                .map(this::said)
                .toList();
    }

    private String said(Location location) {
        Path file = Path.of(URI.create(location.getUri()));
        String text = texts.containsKey(location.getUri()) ? text(location.getUri()) : read(file);
        Lines lines = new Lines(text);
        Range range = location.getRange();
        return file.getFileName() + ": "
                + text.substring(lines.rawOffset(range.getStart()), lines.rawOffset(range.getEnd()));
    }

    List<CompletionItem> completionItems(String uri, String words) {
        return await(server.getTextDocumentService()
                        .completion(new CompletionParams(new TextDocumentIdentifier(uri), behind(uri, words))))
                .getLeft();
    }

    /** What is proposed behind these words. */
    List<String> completion(String uri, String words) {
        return completionItems(uri, words).stream()
                .map(CompletionItem::getLabel)
                .toList();
    }

    List<TextEdit> format(String uri) {
        return List.copyOf(await(server.getTextDocumentService()
                .formatting(new DocumentFormattingParams(
                        new TextDocumentIdentifier(uri), new FormattingOptions(2, true)))));
    }

    /** The text with edits of it made, from the last to the first. */
    String applied(String uri, List<TextEdit> edits) {
        Lines lines = new Lines(text(uri));
        StringBuilder text = new StringBuilder(text(uri));
        for (TextEdit edit : edits.reversed()) {
            text.replace(
                    lines.rawOffset(edit.getRange().getStart()),
                    lines.rawOffset(edit.getRange().getEnd()),
                    edit.getNewText());
        }
        return text.toString();
    }

    /** What is proposed where the text ends. */
    List<String> completionAtEnd(String uri) {
        Position end = new Lines(text(uri)).rawPosition(text(uri).length());
        return await(server.getTextDocumentService()
                        .completion(new CompletionParams(new TextDocumentIdentifier(uri), end)))
                .getLeft()
                .stream()
                .map(CompletionItem::getLabel)
                .toList();
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** As a client that is gone, without a word. */
    @Override
    public void close() {
        try {
            toServer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void publishDiagnostics(PublishDiagnosticsParams published) {
        findings.put(published.getUri(), published);
        notifyAll();
    }

    @Override
    public void telemetryEvent(Object event) {}

    @Override
    public void showMessage(MessageParams message) {
        logMessage(message);
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void logMessage(MessageParams message) {
        log.add(message.getMessage());
        notifyAll();
    }
}
