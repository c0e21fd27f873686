package dev.writ.runtime.lsp;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;

/** What the client says and asks about documents. */
final class DocumentRequests implements TextDocumentService {
    private final Session session;

    DocumentRequests(Session session) {
        this.session = session;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams opened) {
        TextDocumentItem document = opened.getTextDocument();
        session.take(() -> session.open(document));
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

    @Override
    @SuppressWarnings("NullAway") // LSP4J is not annotated: no hover is null
    public CompletableFuture<Hover> hover(HoverParams asked) {
        return answer(
                asked,
                (analysis, document) -> occurrence(analysis, document, asked.getPosition())
                        .flatMap(occurrence -> new HoverText(new PolicyFacts(analysis))
                                .of(occurrence.subject())
                                .map(text -> new Hover(
                                        new MarkupContent(MarkupKind.MARKDOWN, text),
                                        session.places().range(occurrence.span()))))
                        .orElse(null));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams asked) {
        return answer(
                asked,
                (analysis, document) -> Either.forLeft(occurrence(analysis, document, asked.getPosition())
                        .map(occurrence -> new Definitions(analysis).of(occurrence.subject()))
                        .orElse(List.of())
                        .stream()
                        .map(session.places()::location)
                        .toList()));
    }

    // It does not wait for the analysis of the last keystroke: names are as good as they were before it.
    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams asked) {
        Buffer document = document(asked.getTextDocument());
        return session.latest(document.uri())
                .thenApplyAsync(
                        analysis -> Either.forLeft(new Completion(document, analysis).at(asked.getPosition())),
                        session.requests());
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams asked) {
        Buffer document = document(asked.getTextDocument());
        return CompletableFuture.supplyAsync(() -> Formatting.of(document), session.requests());
    }

    private static Optional<Occurrence> occurrence(Analysis analysis, Buffer document, Position position) {
        return Occurrences.at(
                analysis.resources(), document.file(), document.lines().offset(position));
    }

    // The places of an answer are those of the document as it is when the question comes: so are those of its analysis.
    private <T extends @Nullable Object> CompletableFuture<T> answer(
            TextDocumentPositionParams asked, BiFunction<Analysis, Buffer, T> answer) {
        Buffer document = document(asked.getTextDocument());
        return session.analysis(document.uri())
                .thenApplyAsync(
                        analysis -> {
                            refuseOther(document, analysis);
                            return answer.apply(analysis, document);
                        },
                        session.requests());
    }

    private static void refuseOther(Buffer document, Analysis analysis) {
        Integer version = analysis.versions().get(document.file().name());
        if (version != null && version != document.version()) {
            throw refusal(ResponseErrorCode.ContentModified, "the document has changed");
        }
    }

    private Buffer document(TextDocumentIdentifier identifier) {
        return session.buffers()
                .of(identifier.getUri())
                .orElseThrow(
                        () -> refusal(ResponseErrorCode.InvalidParams, "`" + identifier.getUri() + "` is not open"));
    }

    private static ResponseErrorException refusal(ResponseErrorCode code, String message) {
        return new ResponseErrorException(new ResponseError(code, message, null));
    }
}
