package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.YamlNode.Mapping;
import dev.writ.compiler.syntax.YamlNode.Scalar;
import dev.writ.compiler.syntax.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Reads Kuma's permission rules where they stand alone, as in a doc string: a list of entries, or a mapping with {@code rules}. */
public final class PermissionRulesReader {

    /** The entries that could be read; findings about the others are in the sink. */
    public List<RuleSyntax> read(SourceText text, DiagnosticSink sink) {
        DiagnosticSink found = new DiagnosticSink();
        List<YamlNode> documents = new YamlReader().read(text, found);
        found.sorted().forEach(sink::add);
        if (documents.isEmpty()) {
            if (!found.hasErrors()) {
                sink.add(DiagnosticId.SCHEMA_MISSING_FIELD, text.span(), "a permission without rules");
            }
            return List.of();
        }
        if (documents.size() > 1) {
            sink.add(
                    DiagnosticId.SCHEMA_INVALID_VALUE,
                    documents.get(1).span(),
                    "a second document, where one permission is expected");
        }
        return switch (documents.getFirst()) {
            case Mapping mapping -> inMapping(Fields.of(mapping, FieldPath.ROOT, sink));
            case Sequence list -> inList(list, sink);
            case Scalar scalar -> {
                ScalarChecks.wrongType(scalar, FieldPath.ROOT, "a list of rules", sink);
                yield List.of();
            }
        };
    }

    private static List<RuleSyntax> inMapping(Fields fields) {
        List<RuleSyntax> rules = PermissionReader.rules(fields, false);
        fields.refuseOthers();
        return rules;
    }

    private static List<RuleSyntax> inList(Sequence list, DiagnosticSink sink) {
        List<RuleSyntax> rules = new ArrayList<>();
        if (list.items().isEmpty()) {
            sink.add(DiagnosticId.SCHEMA_MISSING_FIELD, list.span(), "a permission without rules");
        }
        for (int i = 0; i < list.items().size(); i++) {
            FieldPath path = FieldPath.ROOT.item(i);
            if (list.items().get(i) instanceof Mapping entry) {
                rules.add(RuleReader.read(Fields.of(entry, path, sink)));
            } else {
                ScalarChecks.wrongType(list.items().get(i), path, "a mapping", sink);
            }
        }
        return rules;
    }
}
