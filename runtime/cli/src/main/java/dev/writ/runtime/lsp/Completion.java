package dev.writ.runtime.lsp;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.WritCursor;
import dev.writ.compiler.syntax.WritExpectation;
import dev.writ.runtime.testing.FeatureSources;
import dev.writ.runtime.testing.feature.FeatureFile;
import dev.writ.runtime.testing.feature.StepLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
        Optional<WritExpectation> expected = writ(offset);
        if (expected.isPresent()) {
            return items(
                    new Proposals(analysis).of(expected.get()),
                    offset,
                    expected.get().written());
        }
        return CompletionPoint.of(document.file(), offset)
                .map(point -> items(
                        new Proposals(analysis).of(point),
                        offset,
                        point.prefix().length()))
                .orElse(List.of());
    }

    /** What the grammar takes here, in a {@code .writ} file or the rules in a feature; nothing inside a text. */
    private Optional<WritExpectation> writ(int offset) {
        SourceFile file = document.file();
        if (file.name().endsWith(".writ")) {
            return WritCursor.inFile(file.text(), offset);
        }
        return FeatureSources.isOne(file)
                ? rules(file, offset)
                        .flatMap(rules ->
                                index(rules, offset).flatMap(index -> WritCursor.inRules(rules.value(), index)))
                : Optional.empty();
    }

    /** The doc string of Writ rules that a cursor stands in. */
    private static Optional<SourceText> rules(SourceFile file, int offset) {
        return FeatureFile.parse(file, new DiagnosticSink()).background().stream()
                .filter(step -> step.text().startsWith("the permission ")
                        && (step.mediaType().isEmpty() || step.mediaType().equals("writ")))
                .flatMap(step -> step.place().docString().stream())
                .filter(rules -> rules.offset(0) <= offset
                        && offset <= rules.offset(rules.value().length()))
                .findFirst();
    }

    private static Optional<Integer> index(SourceText text, int offset) {
        return IntStream.rangeClosed(0, text.value().length())
                .boxed()
                .filter(index -> text.offset(index) == offset)
                .findFirst();
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
