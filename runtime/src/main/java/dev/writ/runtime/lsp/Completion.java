package dev.writ.runtime.lsp;

import dev.writ.runtime.testing.FeatureSources;
import dev.writ.runtime.testing.feature.StepLine;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** Completes a document at its cursor, with the names of a policy. */
final class Completion {
    /** What is longer is text to read, not a word beside the proposal. */
    private static final int LONGEST_DETAIL = 60;

    private final Buffer document;
    private final Analysis analysis;

    Completion(Buffer document, Analysis analysis) {
        this.document = document;
        this.analysis = analysis;
    }

    List<CompletionItem> at(Position cursor) {
        int offset = document.lines().offset(cursor);
        Optional<StepLine> step = FeatureSources.isOne(document.file())
                ? StepLine.at(document.file().text(), offset)
                : Optional.empty();
        if (step.isPresent()) {
            String written = document.file().text().substring(step.get().sentence(), offset);
            StepProposals proposals = new StepProposals(step.get(), written, analysis);
            return items(proposals.all(), offset, proposals.replaced());
        }
        return CompletionPoint.of(document.file(), offset)
                .map(point -> items(
                        new Proposals(analysis).of(point),
                        offset,
                        point.prefix().length()))
                .orElse(List.of());
    }

    /** @param replaced how many characters before the cursor they stand for */
    private List<CompletionItem> items(List<Proposal> proposals, int offset, int replaced) {
        Range range = document.lines().range(offset - replaced, offset);
        return proposals.stream().map(proposal -> item(proposal, range)).toList();
    }

    private static CompletionItem item(Proposal proposal, Range range) {
        CompletionItem item = new CompletionItem(proposal.text());
        item.setKind(proposal.kind());
        if (proposal.detail().length() > LONGEST_DETAIL) {
            item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, proposal.detail()));
        } else {
            item.setDetail(proposal.detail());
        }
        item.setTextEdit(Either.forLeft(new TextEdit(range, proposal.text())));
        return item;
    }
}
