package dev.writ.runtime.lsp;

import dev.writ.compiler.model.ModelOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.PositionEncodingKind;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/** The server as the protocol knows it: its life from {@code initialize} to {@code exit}, and what it is able to do. */
final class WritLanguageServer implements LanguageServer {
    private final Session session;
    private final Supplier<LanguageClient> client;
    private final String version;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private List<Path> folders = List.of();
    private boolean canWatch;
    private boolean isShutDown;

    /** @param client is there when the first message comes */
    WritLanguageServer(Supplier<LanguageClient> client, ModelOptions options, List<Path> policies, String version) {
        this.client = client;
        this.session = new Session(client, options, policies);
        this.version = version;
    }

    /** Done with the exit code that the protocol asks for: 0 after {@code shutdown}, 1 without. */
    CompletableFuture<Integer> exited() {
        return exit;
    }

    /** The client is gone. */
    void disconnected() {
        session.close();
        exit.complete(isShutDown ? 0 : 1);
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams parameters) {
        folders = folders(parameters);
        canWatch = canWatch(parameters.getCapabilities());
        if (parameters.getProcessId() != null) {
            ProcessHandle.of(parameters.getProcessId()).ifPresent(this::endWith);
        }
        return CompletableFuture.completedFuture(new InitializeResult(capabilities(), new ServerInfo("writ", version)));
    }

    private void endWith(ProcessHandle editor) {
        var unused = editor.onExit().thenRun(this::disconnected);
    }

    @Override
    public void initialized(InitializedParams parameters) {
        folders.forEach(session::addFolder);
        if (canWatch) {
            FileSystemWatcher sources = new FileSystemWatcher(Either.forLeft("**/*.{writ,yaml,yml,json}"));
            Registration watch = new Registration(
                    "writ-sources",
                    "workspace/didChangeWatchedFiles",
                    new DidChangeWatchedFilesRegistrationOptions(List.of(sources)));
            var unused = client.get().registerCapability(new RegistrationParams(List.of(watch)));
        }
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        isShutDown = true;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void exit() {
        disconnected();
    }

    @Override
    public void setTrace(SetTraceParams parameters) {
        // There is nothing to trace: what goes wrong is logged to the client anyway.
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return new DocumentRequests(session);
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return new WorkspaceEvents(session);
    }

    private static ServerCapabilities capabilities() {
        TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        sync.setSave(new SaveOptions(false));
        WorkspaceFoldersOptions folders = new WorkspaceFoldersOptions();
        folders.setSupported(true);
        folders.setChangeNotifications(true);
        ServerCapabilities capabilities = new ServerCapabilities();
        capabilities.setPositionEncoding(PositionEncodingKind.UTF16);
        capabilities.setTextDocumentSync(sync);
        capabilities.setHoverProvider(true);
        capabilities.setDefinitionProvider(true);
        capabilities.setDocumentFormattingProvider(true);
        capabilities.setCompletionProvider(new CompletionOptions(false, List.of(".", "\"", "/", "{", " ", ":")));
        capabilities.setWorkspace(new WorkspaceServerCapabilities(folders));
        return capabilities;
    }

    private static boolean canWatch(ClientCapabilities capabilities) {
        return capabilities != null
                && capabilities.getWorkspace() != null
                && capabilities.getWorkspace().getDidChangeWatchedFiles() != null
                && Boolean.TRUE.equals(
                        capabilities.getWorkspace().getDidChangeWatchedFiles().getDynamicRegistration());
    }

    @SuppressWarnings("deprecation") // older clients name their folder by the fields from before there were several
    private static List<Path> folders(InitializeParams parameters) {
        List<Path> folders = new ArrayList<>();
        if (parameters.getWorkspaceFolders() != null) {
            for (WorkspaceFolder folder : parameters.getWorkspaceFolders()) {
                Uris.path(folder.getUri()).ifPresent(folders::add);
            }
        } else if (parameters.getRootUri() != null) {
            Uris.path(parameters.getRootUri()).ifPresent(folders::add);
        } else if (parameters.getRootPath() != null) {
            folders.add(Path.of(parameters.getRootPath()));
        }
        return folders;
    }
}
