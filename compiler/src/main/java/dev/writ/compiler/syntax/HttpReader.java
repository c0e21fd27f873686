package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.diagnostic.NearName;
import dev.writ.compiler.source.SourceText;
import dev.writ.compiler.syntax.HttpSyntax.PathSyntax;
import dev.writ.grammar.WritGrammar.HttpRestrictionContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code to GET "/api/**"} asks of a call. A method that nobody registered and a path that no normalised request has
 * are refused: such a rule would match no call.
 */
final class HttpReader {
    /** IANA's registry of HTTP methods. */
    private static final List<String> METHODS = Arrays.asList(
            "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY LABEL LINK LOCK MERGE"
                    .concat(
                            " MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE ORDERPATCH PRI PROPFIND PROPPATCH QUERY REBIND")
                    .concat(" REPORT SEARCH UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL")
                    .split(" "));

    private static final String BELOW = "/**";
    private static final Pattern ALTERNATIVES = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern NEVER = Pattern.compile("//|/\\.\\.?(?=/|$)|[?#\\\\ *{}]|[^\\x21-\\x7e]");

    private final WritWords words;
    private final DiagnosticSink sink;

    HttpReader(WritWords words, DiagnosticSink sink) {
        this.words = words;
        this.sink = sink;
    }

    /** Nothing, with a finding, where no call can be meant. */
    Optional<HttpSyntax> read(HttpRestrictionContext to) {
        List<String> methods = new ArrayList<>();
        boolean isFine = true;
        for (TerminalNode method : to.WORD()) {
            isFine &= add(words.slice(method.getSymbol()), methods);
        }
        if (to.STRING() == null) {
            if (methods.isEmpty() && isFine) {
                sink.add(
                        DiagnosticId.WRIT_SYNTAX,
                        words.span(to),
                        "expected a method or a path after `to`",
                        "for example `to GET \"/api/**\"`");
                isFine = false;
            }
            return isFine ? Optional.of(new HttpSyntax(methods, null)) : Optional.empty();
        }
        PathSyntax path = path(words.string(to.STRING().getSymbol()));
        return path == null || !isFine ? Optional.empty() : Optional.of(new HttpSyntax(methods, path));
    }

    private boolean add(SourceText method, List<String> methods) {
        String name = method.value();
        if (METHODS.contains(name) && !methods.contains(name)) {
            methods.add(name);
            return true;
        }
        if (methods.contains(name)) {
            sink.add(DiagnosticId.WRIT_SYNTAX, method.span(), "the method `" + name + "` a second time");
            return false;
        }
        boolean isPath = name.startsWith("/");
        sink.add(
                DiagnosticId.WRIT_SYNTAX,
                method.span(),
                "`" + name + "` is no HTTP method",
                isPath
                        ? "a path stands in quotes: `\"" + name + "\"`"
                        : METHODS.contains(name.toUpperCase(Locale.ROOT))
                                ? "methods are in upper case: `" + name.toUpperCase(Locale.ROOT) + "`"
                                : NearName.help(name, METHODS).orElse(null));
        return false;
    }

    private @Nullable PathSyntax path(SourceText text) {
        boolean isBelow = text.value().endsWith(BELOW);
        String path = isBelow ? text.value().substring(0, text.value().length() - BELOW.length()) : text.value();
        if (!text.value().startsWith("/")) {
            return fault(text, 0, text.value().length(), "a path starts with `/`", null);
        }
        if (isPlain(path)) {
            return new PathSyntax(List.of(path), isBelow, text);
        }
        List<String> paths = new ArrayList<>(List.of(""));
        int at = 0;
        Matcher alternatives = ALTERNATIVES.matcher(path);
        while (alternatives.find()) {
            String between = path.substring(at, alternatives.start());
            List<String> names = Arrays.stream(alternatives.group(1).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean isWhole = between.endsWith("/")
                    && (alternatives.end() == path.length() || path.charAt(alternatives.end()) == '/');
            if (!isWhole || names.contains("") || names.stream().distinct().count() < names.size()) {
                return fault(
                        text,
                        alternatives.start(),
                        alternatives.end(),
                        "alternatives stand for a whole segment, each different and none empty",
                        "write out the names: `{web-1,web-2}`");
            }
            List<String> longer = new ArrayList<>();
            for (String before : paths) {
                names.forEach(name -> longer.add(before + between + name));
            }
            paths = longer;
            at = alternatives.end();
            if (paths.size() > SegmentReader.MOST_ALTERNATIVES) {
                return fault(text, 0, path.length(), "alternatives for more than 1,000 paths", null);
            }
        }
        String last = path.substring(at);
        paths.replaceAll(before -> before + last);
        return isNever(text, path) ? null : new PathSyntax(paths, isBelow, text);
    }

    /** Whether it is nothing but names that nobody normalises; most are, of a hundred thousand too. */
    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean isName =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!isName && (c != '/' || i > 0 && path.charAt(i - 1) == '/')) {
                return false;
            }
        }
        return true;
    }

    private boolean isNever(SourceText text, String path) {
        String plain =
                ALTERNATIVES.matcher(path).replaceAll(found -> found.group().replaceAll("[{}, ]", "x"));
        Matcher never = NEVER.matcher(plain);
        if (!never.find()) {
            return false;
        }
        String message = switch (never.group().charAt(0)) {
            case '*' -> "`*` inside a path";
            case '?', '#' -> "a path is compared without its query and fragment";
            case '{', '}' -> "a brace without its other one";
            case '/' -> "no normalised path holds `" + never.group() + "`";
            default -> "no path holds `" + never.group() + "` as it is";
        };
        fault(
                text,
                never.start(),
                never.end(),
                message,
                never.group().equals("*") ? "`/**` at the end stands for everything below" : null);
        return true;
    }

    private @Nullable PathSyntax fault(SourceText text, int start, int end, String message, @Nullable String help) {
        sink.add(DiagnosticId.WRIT_SYNTAX, text.span(start, end), message, help);
        return null;
    }
}
