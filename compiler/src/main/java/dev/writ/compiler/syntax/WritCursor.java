package dev.writ.compiler.syntax;

import dev.writ.compiler.syntax.GrammarWalk.Frame;
import dev.writ.compiler.syntax.GrammarWalk.Place;
import dev.writ.compiler.syntax.WritExpectation.Slot;
import dev.writ.grammar.WritGrammar;
import dev.writ.grammar.WritLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.NotSetTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.atn.WildcardTransition;

/** Says what may stand at a cursor in a Writ text, however broken it is: only the declaration around the cursor counts. */
public final class WritCursor {
    /** A block of more tokens is not walked through: its lines stand each for itself. */
    private static final int MANY = 2_000;

    /** The grammar reads every entry in every block; these are the ones that each takes. */
    private static final Map<Integer, List<String>> ENTRIES = Map.of(
            WritLexer.PERMISSION,
            List.of("allow", "deny", "shadow-deny"),
            WritLexer.GROUP,
            List.of("prefix", "workloads", "workload", "anyone"),
            WritLexer.IDENTITY,
            List.of("id", "issue"),
            WritLexer.TRUST,
            List.of("domain", "bundle"),
            WritLexer.WORKLOAD,
            List.of("label", "service-account", "port"),
            WritLexer.BUNDLED,
            List.of("autogenerate", "self-signed", "expiry", "no-trust", "certificate", "key"),
            WritLexer.SPIRE,
            List.of("timeout"));

    /** A head for each kind of block, in the place of one that is broken. */
    private static final Map<Integer, List<Integer>> HEADS = Map.of(
            WritLexer.PERMISSION,
            List.of(WritLexer.PERMISSION, WritLexer.WORD, WritLexer.ON, WritLexer.WORKLOADS, WritLexer.LEFT_BRACE),
            WritLexer.GROUP,
            List.of(WritLexer.GROUP, WritLexer.WORD, WritLexer.LEFT_BRACE),
            WritLexer.IDENTITY,
            List.of(WritLexer.IDENTITY, WritLexer.WORD, WritLexer.LEFT_BRACE),
            WritLexer.TRUST,
            List.of(WritLexer.TRUST, WritLexer.WORD, WritLexer.LEFT_BRACE),
            WritLexer.WORKLOAD,
            List.of(WritLexer.WORKLOAD, WritLexer.WORD, WritLexer.LEFT_BRACE),
            WritLexer.ISSUE,
            List.of(WritLexer.ISSUE, WritLexer.BUNDLED, WritLexer.LEFT_BRACE));

    private final List<Token> before;
    private final int block;
    private final Set<String> keywords = new TreeSet<>();
    private final Set<Slot> slots = EnumSet.noneOf(Slot.class);

    private WritCursor(List<Token> before, int block) {
        this.before = before;
        this.block = block;
    }

    /** What may stand at this place of a file; nothing inside a text or a comment. */
    public static Optional<WritExpectation> inFile(String text, int offset) {
        return at(text, offset, WritGrammar.RULE_file);
    }

    /** The same of a text of permission rules. */
    public static Optional<WritExpectation> inRules(String text, int offset) {
        return at(text, offset, WritGrammar.RULE_rules);
    }

    private static Optional<WritExpectation> at(String text, int offset, int rule) {
        WritLexer lexer = new WritLexer(CharStreams.fromString(text.substring(0, offset)));
        lexer.removeErrorListeners();
        List<Token> tokens = new ArrayList<>();
        int length = text.codePointCount(0, offset);
        boolean isBehindSpace = offset == 0 || isSpace(text.charAt(offset - 1));
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                if (WritTokens.startsDeclaration(token)) {
                    tokens.clear();
                }
                tokens.add(token);
            } else if (token.getStopIndex() + 1 == length) {
                // A comment goes on to the end of its line.
                return Optional.empty();
            }
        }
        int written = 0;
        if (!tokens.isEmpty() && !isBehindSpace) {
            Token last = tokens.getLast();
            switch (last.getType()) {
                case WritLexer.UNCLOSED_STRING, WritLexer.UNCLOSED_TEXT, WritLexer.STRING, WritLexer.TEXT -> {
                    return Optional.empty();
                }
                case WritLexer.LEFT_BRACE, WritLexer.RIGHT_BRACE, WritLexer.COMMA, WritLexer.EQUALS -> {}
                default -> {
                    written = last.getText().length();
                    tokens.removeLast();
                }
            }
        } else if (!tokens.isEmpty() && isInText(tokens.getLast())) {
            return Optional.empty();
        }
        return Optional.of(expectation(tokens, written, rule));
    }

    private static WritExpectation expectation(List<Token> tokens, int written, int rule) {
        boolean isRules = rule == WritGrammar.RULE_rules;
        WritCursor cursor = new WritCursor(tokens, isRules ? WritLexer.PERMISSION : block(tokens));
        GrammarWalk walk = new GrammarWalk(WritGrammar._ATN, rule);
        walk(
                walk,
                (tokens.size() > MANY ? openAndLast(tokens) : tokens)
                        .stream().map(Token::getType).toList());
        for (Place place : walk.places()) {
            for (Transition transition : place.state().getTransitions()) {
                boolean isAny = transition instanceof NotSetTransition || transition instanceof WildcardTransition;
                if (!transition.isEpsilon() && !isAny) {
                    cursor.add(place, transition, walk.taken());
                }
            }
        }
        return new WritExpectation(written, List.copyOf(cursor.keywords), List.copyOf(cursor.slots), cursor.labelKey());
    }

    /** Line by line: one that is broken is left out, the head of a block set right. */
    private static void walk(GrammarWalk walk, List<Integer> types) {
        int start = 0;
        for (int end = types.indexOf(WritLexer.NEWLINE); end >= 0; end = next(types, start)) {
            List<Integer> line = types.subList(start, end + 1);
            Set<Place> before = walk.places();
            line.forEach(walk::take);
            if (walk.places().isEmpty()) {
                walk.goBack(before);
                List<Integer> head = HEADS.get(line.getFirst());
                if (head != null && line.contains(WritLexer.LEFT_BRACE) && !line.contains(WritLexer.RIGHT_BRACE)) {
                    head.forEach(walk::take);
                }
            }
            start = end + 1;
        }
        types.subList(start, types.size()).forEach(walk::take);
    }

    private static int next(List<Integer> types, int from) {
        int found = types.subList(from, types.size()).indexOf(WritLexer.NEWLINE);
        return found < 0 ? -1 : from + found;
    }

    private void add(Place place, Transition transition, int taken) {
        boolean startsEntry = isEntryFrom(place.frame(), taken);
        if (place.state().ruleIndex == WritGrammar.RULE_name) {
            nameSlot(place.frame()).ifPresent(slots::add);
            return;
        }
        for (int type : transition.label().toArray()) {
            String literal = type > 0 ? WritLexer.VOCABULARY.getLiteralName(type) : null;
            if (literal != null) {
                String keyword = literal.substring(1, literal.length() - 1);
                boolean isWord = Character.isLetter(keyword.charAt(0));
                if (isWord
                        && (!startsEntry
                                || ENTRIES.getOrDefault(block, List.of()).contains(keyword))) {
                    keywords.add(keyword);
                }
            } else if (type == WritLexer.SPIFFE_ID && (!startsEntry || block == WritLexer.GROUP)) {
                slots.add(Slot.SPIFFE_ID);
            } else if (type == WritLexer.WORD && place.state().ruleIndex == WritGrammar.RULE_restriction) {
                slots.add(Slot.METHOD);
            }
        }
    }

    private static boolean isEntryFrom(Frame frame, int taken) {
        for (Frame at = frame; at != null; at = at.caller()) {
            if (at.rule() == WritGrammar.RULE_entry) {
                return at.since() == taken;
            }
        }
        return false;
    }

    private Optional<Slot> nameSlot(Frame name) {
        Frame by = name.caller();
        if (by == null) {
            return Optional.empty();
        }
        return switch (by.rule()) {
            case WritGrammar.RULE_equality -> Optional.of(lastIs(WritLexer.EQUALS) ? Slot.LABEL_VALUE : Slot.LABEL_KEY);
            case WritGrammar.RULE_scope -> last(WritLexer.NAMESPACE, WritLexer.MESH, WritLexer.ZONE);
            case WritGrammar.RULE_selection -> Optional.of(Slot.WORKLOAD);
            case WritGrammar.RULE_caller -> Optional.of(Slot.GROUP);
            case WritGrammar.RULE_entry -> Optional.of(Slot.SERVICE_ACCOUNT);
            case WritGrammar.RULE_declaration ->
                before.getFirst().getType() == WritLexer.MESH ? last(WritLexer.MESH, WritLexer.ZONE) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** What the last of these keywords says. */
    private Optional<Slot> last(Integer... types) {
        for (Token token : before.reversed()) {
            if (List.of(types).contains(token.getType())) {
                return Optional.of(
                        switch (token.getType()) {
                            case WritLexer.NAMESPACE -> Slot.NAMESPACE;
                            case WritLexer.MESH -> Slot.MESH;
                            default -> Slot.ZONE;
                        });
            }
        }
        return Optional.empty();
    }

    private boolean lastIs(int type) {
        return !before.isEmpty() && before.getLast().getType() == type;
    }

    private String labelKey() {
        if (!lastIs(WritLexer.EQUALS) || before.size() < 2) {
            return "";
        }
        String key = before.get(before.size() - 2).getText();
        return key.length() > 1 && key.startsWith("\"") ? key.substring(1, key.length() - 1) : key;
    }

    /** What opened the innermost block: a declaration's keyword, or a provider's. */
    private static int block(List<Token> tokens) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.get(i).getType()) {
                case WritLexer.LEFT_BRACE -> {
                    int provider =
                            i == 0 ? Token.INVALID_TYPE : tokens.get(i - 1).getType();
                    boolean isProvider = provider == WritLexer.BUNDLED || provider == WritLexer.SPIRE;
                    open.push(isProvider ? provider : tokens.getFirst().getType());
                }
                case WritLexer.RIGHT_BRACE -> open.poll();
                default -> {}
            }
        }
        return open.isEmpty() ? Token.INVALID_TYPE : open.peek();
    }

    /** The head of a declaration, up to its first brace, and the last line. */
    private static List<Token> openAndLast(List<Token> tokens) {
        List<Token> kept = new ArrayList<>();
        for (Token token : tokens) {
            kept.add(token);
            if (token.getType() == WritLexer.LEFT_BRACE) {
                break;
            }
        }
        int line = tokens.size();
        while (line > kept.size() && tokens.get(line - 1).getType() != WritLexer.NEWLINE) {
            line--;
        }
        kept.addAll(tokens.subList(line, tokens.size()));
        return kept;
    }

    private static boolean isInText(Token token) {
        return token.getType() == WritLexer.UNCLOSED_STRING || token.getType() == WritLexer.UNCLOSED_TEXT;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
