package dev.writ.runtime.lsp;

import dev.writ.runtime.testing.StepCatalogue;
import dev.writ.runtime.testing.StepForm;
import dev.writ.runtime.testing.feature.StepLine;
import io.cucumber.messages.types.StepKeywordType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CompletionItemKind;

/** What may stand in the line of a step: a sentence of the catalogue, or between quotes a name of the policy. */
final class StepProposals {
    private final StepLine line;
    private final String written;
    private final PolicyFacts facts;

    /** @param written of the sentence, up to the cursor */
    StepProposals(StepLine line, String written, Analysis analysis) {
        this.line = line;
        this.written = written;
        this.facts = new PolicyFacts(analysis);
    }

    /** How much of what is written they replace, from its end. */
    int replaced() {
        return isQuoted() ? written.length() - written.lastIndexOf('"') - 1 : written.length();
    }

    List<Proposal> all() {
        return isQuoted() ? names() : sentences();
    }

    private boolean isQuoted() {
        return written.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private List<Proposal> sentences() {
        return StepCatalogue.forms().stream()
                .filter(this::fits)
                .map(form -> new Proposal(form.wording(), CompletionItemKind.Snippet, form.says()))
                .toList();
    }

    private boolean fits(StepForm form) {
        StepKeywordType type = switch (form.kind()) {
            case GIVEN -> StepKeywordType.CONTEXT;
            case WHEN -> StepKeywordType.ACTION;
            case THEN -> StepKeywordType.OUTCOME;
        };
        boolean isAny = line.types().contains(StepKeywordType.CONJUNCTION)
                || line.types().contains(StepKeywordType.UNKNOWN);
        return isAny || line.types().contains(type);
    }

    private List<Proposal> names() {
        List<Proposal> names = new ArrayList<>();
        facts.workloads().stream()
                .map(workload -> workload.key().shortName())
                .distinct()
                .forEach(name -> names.add(new Proposal(name, CompletionItemKind.Class, "workload")));
        facts.analysis().model().meshes().stream()
                .flatMap(mesh -> mesh.permissions().stream())
                .map(permission -> permission.qualifiedName())
                .distinct()
                .forEach(name -> names.add(new Proposal(name, CompletionItemKind.Field, "permission")));
        facts.identified().stream()
                .map(PolicyFacts.Identified::spiffeId)
                .distinct()
                .forEach(id -> names.add(new Proposal(id, CompletionItemKind.Value, "SPIFFE ID")));
        return names;
    }
}
