package dev.writ.runtime.lsp;

import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.services.WorkspaceService;

/** What the client says about files and folders that no editor has open. */
final class WorkspaceEvents implements WorkspaceService {
    private final Session session;

    WorkspaceEvents(Session session) {
        this.session = session;
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams changed) {
        // The settings are the command's options.
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams changed) {
        session.take(() -> session.filesChanged(
                changed.getChanges().stream().map(FileEvent::getUri).toList()));
    }

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams changed) {
        session.take(() -> {
            changed.getEvent()
                    .getRemoved()
                    .forEach(gone -> Uris.path(gone.getUri()).ifPresent(session::removeFolder));
            changed.getEvent()
                    .getAdded()
                    .forEach(added -> Uris.path(added.getUri()).ifPresent(session::addFolder));
        });
    }
}
