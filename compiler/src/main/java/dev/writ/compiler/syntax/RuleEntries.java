package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.MatchSyntax.CallerMatch;
import dev.writ.compiler.syntax.MatchSyntax.RestrictedMatch;
import dev.writ.grammar.WritGrammar.ActionContext;
import dev.writ.grammar.WritGrammar.AllowActionContext;
import dev.writ.grammar.WritGrammar.BecauseContext;
import dev.writ.grammar.WritGrammar.DenyActionContext;
import dev.writ.grammar.WritGrammar.EntryContext;
import dev.writ.grammar.WritGrammar.HttpRestrictionContext;
import dev.writ.grammar.WritGrammar.RestrictionContext;
import dev.writ.grammar.WritGrammar.RuleEntryContext;
import dev.writ.grammar.WritGrammar.ShadowDenyActionContext;
import dev.writ.grammar.WritGrammar.SniRestrictionContext;
import dev.writ.grammar.WritLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads the rules of one permission: {@code allow}, {@code deny} or {@code shadow-deny}, whom, and for which calls. */
final class RuleEntries {
    private static final List<String> ACTIONS = List.of("allow", "deny", "shadow-deny");

    /** A DNS subdomain (RFC 1123), as Kuma's {@code sni} takes it. */
    private static final Pattern SERVER_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final WritWords words;
    private final WritMistakes mistakes;
    private final CallerReader callers;
    private final HttpReader http;
    private final DiagnosticSink sink;
    private final List<MatchSyntax> deny = new ArrayList<>();
    private final List<MatchSyntax> shadowDeny = new ArrayList<>();
    private final List<MatchSyntax> allow = new ArrayList<>();
    private boolean hasRule;

    RuleEntries(WritWords words, WritMistakes mistakes, DiagnosticSink sink) {
        this.words = words;
        this.mistakes = mistakes;
        this.callers = new CallerReader(words, sink);
        this.http = new HttpReader(words, sink);
        this.sink = sink;
    }

    /**
     * Those of a list: of a block, or of a text of nothing but rules.
     *
     * @param because of the permission, for a rule without a reason of its own
     */
    void add(ParserRuleContext list, List<EntryContext> entries, @Nullable SourceText because) {
        for (EntryContext entry : entries) {
            if (mistakes.isIn(entry)) {
                continue;
            }
            if (entry instanceof RuleEntryContext rule) {
                hasRule = true;
                match(rule, because).ifPresent(match -> list(rule.action()).add(match));
            } else {
                notOne(entry.getStart());
            }
        }
        mistakes.straysIn(list).forEach(this::notOne);
    }

    private void notOne(Token start) {
        if (start.getType() == WritLexer.UNCLOSED_STRING) {
            sink.add(DiagnosticId.WRIT_SYNTAX, words.span(start), "a text that no `\"` closes on its line");
        } else if (mistakes.isBehind(start)) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    words.span(start),
                    "expected the end of the line, found `" + WritMistakes.shown(start) + "`",
                    NearName.help(start.getText(), List.of("to", "sni", "because", "where", "and", "in"))
                            .orElse("one line is one rule; a comment starts with `#`"));
        } else {
            expectedAction(start);
        }
    }

    /** Whether there is no rule, not even a wrong one. */
    boolean isEmpty() {
        return !hasRule;
    }

    RuleSyntax toRules(SourceSpan span) {
        return new RuleSyntax(deny, shadowDeny, allow, span);
    }

    private void expectedAction(Token word) {
        String found = WritMistakes.shown(word);
        sink.add(
                DiagnosticId.WRIT_SYNTAX,
                words.span(word),
                "expected `allow`, `deny` or `shadow-deny`, found `" + found + "`",
                NearName.help(found, ACTIONS).orElse("a rule is `allow <SPIFFE ID>`, for example"));
    }

    private List<MatchSyntax> list(ActionContext action) {
        return switch (action) {
            case AllowActionContext one -> allow;
            case DenyActionContext one -> deny;
            case ShadowDenyActionContext one -> shadowDeny;
            default -> throw new IllegalStateException("an alternative of the grammar is not handled: " + action);
        };
    }

    private Optional<MatchSyntax> match(RuleEntryContext rule, @Nullable SourceText because) {
        CallerMatch caller = callers.read(rule.caller()).orElse(null);
        List<RestrictionContext> restrictions = rule.restriction();
        BecauseContext reasoned = rule.because();
        if (restrictions.isEmpty() && reasoned == null && because == null) {
            return Optional.ofNullable(caller);
        }
        HttpSyntax calls = null;
        SourceText serverName = null;
        boolean isFine = true;
        for (RestrictionContext restriction : restrictions) {
            boolean isSecond = restriction instanceof HttpRestrictionContext ? calls != null : serverName != null;
            if (isSecond) {
                sink.add(
                        DiagnosticId.WRIT_SYNTAX,
                        words.span(restriction),
                        "`" + restriction.getStart().getText() + "` a second time in one rule",
                        "write a rule for each");
                isFine = false;
                continue;
            }
            switch (restriction) {
                case HttpRestrictionContext to -> calls = http.read(to).orElse(null);
                case SniRestrictionContext sni -> serverName = serverName(sni);
                default ->
                    throw new IllegalStateException("an alternative of the grammar is not handled: " + restriction);
            }
            isFine &= restriction instanceof HttpRestrictionContext ? calls != null : serverName != null;
        }
        SourceText reason =
                reasoned == null ? because : reason(reasoned.STRING().getSymbol());
        if (caller == null || !isFine) {
            return Optional.empty();
        }
        return Optional.of(new RestrictedMatch(
                caller, calls, serverName, reason, words.span(rule.caller().getStart(), rule.getStop())));
    }

    /** Nothing but a reason that says something. */
    @Nullable
    SourceText reason(Token token) {
        SourceText reason = words.string(token);
        if (reason.value().isBlank()) {
            sink.add(
                    DiagnosticId.WRIT_SYNTAX,
                    words.span(token),
                    "a reason that says nothing",
                    "leave it out, or write why");
            return null;
        }
        return reason;
    }

    private @Nullable SourceText serverName(SniRestrictionContext sni) {
        SourceText name = words.string(sni.STRING().getSymbol());
        if (SERVER_NAME.matcher(name.value()).matches()) {
            return name;
        }
        sink.add(
                DiagnosticId.WRIT_SYNTAX,
                words.span(sni.STRING().getSymbol()),
                "`" + name.value() + "` is no server name",
                "a DNS name in lower case, for example `kv.kuma-demo.mesh`");
        return null;
    }
}
