package dev.writ.compiler.analysis;

import dev.writ.compiler.analysis.RegexShape.End;
import dev.writ.compiler.analysis.RegexShape.Sequence;
import dev.writ.compiler.envoy.config.TextMatcher;
import dev.writ.compiler.envoy.config.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Envoy's string matchers on what it knows of a call, as sets of calls. */
final class TextLifter {
    /** One well-formed SPIFFE ID: what tells the two halves of all strings apart. */
    private static final String ONE_SPIFFE_ID =
            "spiffe://[a-z0-9._-]+(/([A-Za-z0-9_-]|\\.[A-Za-z0-9_-]|\\.\\.[A-Za-z0-9._-])[A-Za-z0-9._-]*)*";

    private final Diagram diagram;
    private final Callers callers;
    private final CallerSets sets;
    private final TextSets texts;
    private final Merge both;
    private final Merge either;

    TextLifter(Diagram diagram, Callers callers) {
        this.diagram = diagram;
        this.callers = callers;
        this.sets = new CallerSets(diagram, callers);
        this.texts = new TextSets(diagram);
        this.both = Merge.both(diagram);
        this.either = Merge.either(diagram);
    }

    /** What a matcher asks of a text. */
    private interface Asked {
        Node exact(String text);

        Node prefix(String text);

        Node regex(String regex);
    }

    private static Node of(TextMatcher matcher, Asked asked) {
        return switch (matcher) {
            case TextMatcher.Exact exact -> asked.exact(heedingCase(exact.text(), exact.ignoreCase()));
            case TextMatcher.StartsWith prefix -> asked.prefix(heedingCase(prefix.text(), prefix.ignoreCase()));
            case TextMatcher.Regex regex -> asked.regex(regex.pattern().pattern());
            case TextMatcher.EndsWith suffix ->
                throw new Unanswerable("a matcher of the text's end, `" + suffix.text() + "`");
            case TextMatcher.Contains infix -> throw new Unanswerable("a matcher of a part, `" + infix.text() + "`");
            case Unmodelled unmodelled -> throw new Unanswerable(unmodelled.reason());
        };
    }

    private static String heedingCase(String text, boolean ignoreCase) {
        if (ignoreCase) {
            throw new Unanswerable("a matcher that ignores case, `" + text + "`");
        }
        return text;
    }

    /** The callers whose string fits. */
    Node caller(TextMatcher matcher) {
        return of(matcher, new Asked() {
            @Override
            public Node exact(String text) {
                return sets.exact(text);
            }

            @Override
            public Node prefix(String text) {
                return sets.prefix(text);
            }

            @Override
            public Node regex(String regex) {
                return callerRegex(regex);
            }
        });
    }

    private Node callerRegex(String regex) {
        if (regex.equals(ONE_SPIFFE_ID)) {
            return diagram.leaf(callers == Callers.WELL_FORMED);
        }
        return ofAlternatives(regex, sequence -> sets.segments(segments(sequence, regex), below(sequence, regex)));
    }

    private Node ofAlternatives(String regex, Function<Sequence, Node> one) {
        List<Sequence> alternatives = RegexShape.of(regex).orElseThrow(() -> unreadable(regex));
        return either.all(alternatives.stream().map(one).toList(), diagram.leaf(false));
    }

    private static boolean below(Sequence sequence, String regex) {
        return switch (sequence.end()) {
            case HERE -> false;
            case SEGMENTS_BELOW -> true;
            case QUERY -> throw unreadable(regex);
        };
    }

    /** The segments between the slashes of its literal text; a wildcard must be one of them as a whole. */
    private static List<Optional<String>> segments(Sequence sequence, String regex) {
        List<Optional<String>> segments = new ArrayList<>();
        boolean isOpen = false;
        for (Optional<String> part : sequence.parts()) {
            if (part.isEmpty()) {
                if (isOpen || segments.isEmpty() || !segments.getLast().equals(Optional.of(""))) {
                    throw unreadable(regex);
                }
                segments.set(segments.size() - 1, Optional.empty());
                isOpen = true;
                continue;
            }
            String[] texts = part.get().split("/", -1);
            if (isOpen && !texts[0].isEmpty()) {
                throw unreadable(regex);
            }
            for (int i = isOpen ? 1 : 0; i < texts.length; i++) {
                segments.add(Optional.of(texts[i]));
            }
            isOpen = false;
        }
        return segments;
    }

    private static Unanswerable unreadable(String regex) {
        return new Unanswerable("the regular expression `" + regex + "`");
    }

    /** Server names are in lower case, so a matcher in upper case matches none; nor does any match an absent one. */
    Node serverName(TextMatcher matcher) {
        return of(matcher, new Asked() {
            @Override
            public Node exact(String text) {
                return isServerName(text) ? texts.oneOf(Variables.SERVER_NAME, List.of(text)) : diagram.leaf(false);
            }

            @Override
            public Node prefix(String text) {
                return isServerName(text) ? texts.startingWith(Variables.SERVER_NAME, text) : diagram.leaf(false);
            }

            @Override
            public Node regex(String regex) {
                return ofAlternatives(regex, sequence -> exact(text(sequence, regex)));
            }
        });
    }

    private static boolean isServerName(String text) {
        return !text.isEmpty() && text.equals(text.toLowerCase(Locale.ROOT));
    }

    private static String text(Sequence sequence, String regex) {
        return sequence.text().filter(text -> sequence.end() == End.HERE).orElseThrow(() -> unreadable(regex));
    }

    Node method(TextMatcher matcher) {
        return of(matcher, new Asked() {
            @Override
            public Node exact(String text) {
                return texts.oneOf(Variables.METHOD, List.of(text));
            }

            @Override
            public Node prefix(String text) {
                return texts.startingWith(Variables.METHOD, text);
            }

            @Override
            public Node regex(String regex) {
                return ofAlternatives(regex, sequence -> exact(text(sequence, regex)));
            }
        });
    }

    /** The header {@code :path} holds the query too: a whole text without one matches no path that has one. */
    Node pathWithQuery(TextMatcher matcher) {
        return of(matcher, new Asked() {
            @Override
            public Node exact(String text) {
                Node withoutQuery = diagram.yesNo(Variables.QUERY, diagram.leaf(false), diagram.leaf(true));
                return both.of(texts.oneOf(Variables.PATH, List.of(withoutQuery(text))), withoutQuery);
            }

            @Override
            public Node prefix(String text) {
                return texts.startingWith(Variables.PATH, withoutQuery(text));
            }

            @Override
            public Node regex(String regex) {
                return ofAlternatives(
                        regex,
                        sequence -> sequence.end() == End.QUERY
                                ? texts.oneOf(
                                        Variables.PATH,
                                        List.of(withoutQuery(sequence.text().orElseThrow(() -> unreadable(regex)))))
                                : exact(text(sequence, regex)));
            }
        });
    }

    /** The path alone. */
    Node path(TextMatcher matcher) {
        return of(matcher, new Asked() {
            @Override
            public Node exact(String text) {
                return texts.oneOf(Variables.PATH, List.of(withoutQuery(text)));
            }

            @Override
            public Node prefix(String text) {
                return texts.startingWith(Variables.PATH, withoutQuery(text));
            }

            @Override
            public Node regex(String regex) {
                return ofAlternatives(regex, sequence -> exact(text(sequence, regex)));
            }
        });
    }

    private static String withoutQuery(String text) {
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
            throw new Unanswerable("a matcher of a path's query, `" + text + "`");
        }
        return text;
    }

    /** A text that is known: it fits or it does not. */
    Node known(TextMatcher matcher, String known) {
        return of(matcher, new Asked() {
            @Override
            public Node exact(String text) {
                return diagram.leaf(known.equals(text));
            }

            @Override
            public Node prefix(String text) {
                return diagram.leaf(known.startsWith(text));
            }

            @Override
            public Node regex(String regex) {
                return ofAlternatives(regex, sequence -> exact(text(sequence, regex)));
            }
        });
    }
}
