package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceText;
import dev.writ.grammar.WritGrammar.RulesContext;
import java.util.Optional;

/**
 * Parses permission rules in the Writ language, one to a line: {@code allow}, {@code deny} or {@code shadow-deny}, then whom.
 *
 * <p>Every line that is wrong is reported.
 */
public final class WritRulesParser {
    private WritRulesParser() {}

    /** The rules; nothing where there is none or a line is wrong: then every such line is reported. */
    public static Optional<RuleSyntax> parse(SourceText source, DiagnosticSink sink) {
        AntlrText text = new AntlrText(source);
        DiagnosticSink found = new DiagnosticSink();
        HiddenCharacters.refuse(source, found);
        WritMistakes mistakes = new WritMistakes(text, found);
        RuleEntries rules = new RuleEntries(new WritWords(text, found), mistakes, found);
        RulesContext tree =
                WritTree.parser(WritTokens.ofRules(text, found), mistakes).rules();
        rules.add(tree, tree.entry(), null);
        if (!found.hasErrors() && rules.isEmpty()) {
            found.add(DiagnosticId.SCHEMA_MISSING_FIELD, source.span(), "a permission without rules");
        }
        found.sorted().stream().map(WritRulesParser::ofRules).forEach(sink::add);
        return found.hasErrors() ? Optional.empty() : Optional.of(rules.toRules(source.span()));
    }

    // What is wrong in a text of nothing but rules has been called so from the start.
    private static Diagnostic ofRules(Diagnostic finding) {
        return finding.id() == DiagnosticId.WRIT_SYNTAX ? finding.withId(DiagnosticId.RULE_SYNTAX) : finding;
    }
}
