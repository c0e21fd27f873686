package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.grammar.WritGrammar;
import dev.writ.grammar.WritGrammar.ActionContext;
import dev.writ.grammar.WritGrammar.AllowActionContext;
import dev.writ.grammar.WritGrammar.CallerContext;
import dev.writ.grammar.WritGrammar.DenyActionContext;
import dev.writ.grammar.WritGrammar.EmptyLineContext;
import dev.writ.grammar.WritGrammar.LineContext;
import dev.writ.grammar.WritGrammar.PrefixCallerContext;
import dev.writ.grammar.WritGrammar.RuleLineContext;
import dev.writ.grammar.WritGrammar.ShadowDenyActionContext;
import dev.writ.grammar.WritGrammar.SpiffeIdCallerContext;
import dev.writ.grammar.WritGrammar.UnknownLineContext;
import dev.writ.grammar.WritGrammar.WorkloadCallerContext;
import dev.writ.grammar.WritLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Parses permission rules in the Writ language, one to a line: {@code allow}, {@code deny} or {@code shadow-deny}, then whom.
 *
 * <p>What the language will have and this version has not (segments with {@code *}, alternatives, conditions, callers by
 * label) is refused by name. Every line that is wrong is reported.
 */
public final class WritRulesParser {
    private static final List<String> ACTIONS = List.of("allow", "deny", "shadow-deny");

    private final AntlrText text;
    private final DiagnosticSink sink;
    private final CallerReader callers;
    private final List<MatchSyntax> deny = new ArrayList<>();
    private final List<MatchSyntax> shadowDeny = new ArrayList<>();
    private final List<MatchSyntax> allow = new ArrayList<>();
    private boolean isBroken;

    private WritRulesParser(SourceText source, DiagnosticSink sink) {
        // The grammar ends each line with a line end, also the last.
        this.text = new AntlrText(source, source.value() + "\n");
        this.sink = sink;
        this.callers = new CallerReader(text, sink);
    }

    /** The rules; nothing where there is none or a line is wrong: then every such line is reported. */
    public static Optional<RuleSyntax> parse(SourceText source, DiagnosticSink sink) {
        return new WritRulesParser(source, sink).parse();
    }

    private Optional<RuleSyntax> parse() {
        WritLexer lexer = new WritLexer(text.stream());
        lexer.removeErrorListeners();
        WritGrammar grammar = new WritGrammar(new CommonTokenStream(lexer));
        grammar.removeErrorListeners();
        RuleMistakes mistakes = new RuleMistakes(text, sink);
        grammar.setErrorHandler(
                new RegionRecovery(WritGrammar.RULE_line, new IntervalSet(WritLexer.NEWLINE, Token.EOF), mistakes));
        for (LineContext line : grammar.rules().line()) {
            if (mistakes.isIn(line)) {
                isBroken = true;
            } else {
                addLine(line);
            }
        }
        if (!isBroken && deny.isEmpty() && shadowDeny.isEmpty() && allow.isEmpty()) {
            sink.add(DiagnosticId.SCHEMA_MISSING_FIELD, text.text().span(), "a permission without rules");
            isBroken = true;
        }
        return isBroken
                ? Optional.empty()
                : Optional.of(
                        new RuleSyntax(deny, shadowDeny, allow, text.text().span()));
    }

    private void addLine(LineContext line) {
        switch (line) {
            case EmptyLineContext empty -> {}
            case UnknownLineContext unknown -> unknownAction(unknown.getStart());
            case RuleLineContext rule -> addRule(rule);
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + line);
        }
    }

    private void addRule(RuleLineContext rule) {
        if (rule.condition() != null) {
            SourceSpan span = text.span(rule.condition());
            fault(span, "conditions are not supported in this version", "without `to …` the rule is about all calls");
        }
        match(rule.caller()).ifPresentOrElse(match -> list(rule.action()).add(match), () -> isBroken = true);
    }

    private List<MatchSyntax> list(ActionContext action) {
        return switch (action) {
            case AllowActionContext one -> allow;
            case DenyActionContext one -> deny;
            case ShadowDenyActionContext one -> shadowDeny;
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + action);
        };
    }

    private Optional<MatchSyntax> match(CallerContext caller) {
        return switch (caller) {
            case SpiffeIdCallerContext id -> callers.pattern(id.SPIFFE_ID().getSymbol());
            case PrefixCallerContext prefix -> callers.prefix(prefix.STRING().getSymbol(), text.span(prefix));
            case WorkloadCallerContext workloads -> {
                fault(
                        text.span(workloads),
                        "callers by `workloads where` are not supported in this version",
                        "write their SPIFFE IDs; `writ ids` lists them");
                yield Optional.empty();
            }
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + caller);
        };
    }

    private void unknownAction(Token word) {
        String help = NearName.help(word.getText(), ACTIONS).orElse("a rule is `allow <SPIFFE ID>`, for example");
        fault(text.span(word), "expected `allow`, `deny` or `shadow-deny`, found `" + word.getText() + "`", help);
    }

    private void fault(SourceSpan span, String message, String help) {
        sink.add(DiagnosticId.RULE_SYNTAX, span, message, help);
        isBroken = true;
    }
}
