package dev.writ.runtime.lsp;

import java.util.List;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.services.TextDocumentService;

/** What the client says and asks about documents. */
final class DocumentRequests implements TextDocumentService {
    private final Session session;

    DocumentRequests(Session session) {
        this.session = session;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams opened) {
        TextDocumentItem document = opened.getTextDocument();
        session.take(() -> session.open(Buffer.of(document.getUri(), document.getVersion(), document.getText())));
    }

    @Override
    public void didChange(DidChangeTextDocumentParams changed) {
        VersionedTextDocumentIdentifier document = changed.getTextDocument();
        session.take(() -> session.change(document.getUri(), document.getVersion(), changed.getContentChanges()));
    }

    @Override
    public void didClose(DidCloseTextDocumentParams closed) {
        session.take(() -> session.close(closed.getTextDocument().getUri()));
    }

    @Override
    public void didSave(DidSaveTextDocumentParams saved) {
        session.take(() -> session.filesChanged(List.of(saved.getTextDocument().getUri())));
    }
}
