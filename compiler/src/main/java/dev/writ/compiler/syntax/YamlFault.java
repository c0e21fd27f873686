package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.Diagnostic;
import dev.writ.compiler.diagnostic.DiagnosticId;
import dev.writ.compiler.source.SourceSpan;
import dev.writ.compiler.source.SourceText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in our words, and with a place, what the YAML parser could not read. */
final class YamlFault {
    private static final String INDENTATION =
            "check the indentation, and whether a text with `: `, `#`, quotes or brackets needs quotes around it";

    private final SourceText text;
    private final YamlEvents events;

    YamlFault(SourceText text, YamlEvents events) {
        this.text = text;
        this.events = events;
    }

    Diagnostic diagnose(YamlEngineException fault) {
        if (fault instanceof ReaderException reader) {
            int at = events.index(reader.getPosition());
            String name = String.format("U+%04X", reader.getCodePoint());
            return syntax(at, at + 1, "the control character " + name + " is not allowed in YAML", null);
        }
        if (fault instanceof MarkedYamlEngineException marked) {
            return unquotedTemplate(text, events.index(marked.getProblemMark()))
                    .or(() -> unquotedTemplate(text, events.index(marked.getContextMark())))
                    .or(() -> chart())
                    .orElseGet(() -> marked(marked));
        }
        return slipped(events.index(Optional.empty()));
    }

    /** Where the parser itself fell over. */
    Diagnostic slipped(int at) {
        return syntax(at, at + 1, "not well-formed YAML", INDENTATION);
    }

    /**
     * Templates without quotes: YAML takes the braces for mappings, and what the parser then says helps nobody.
     *
     * @param at somewhere in their line
     */
    static Optional<Diagnostic> unquotedTemplate(SourceText text, int at) {
        String value = text.value();
        int line = value.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
        int next = value.indexOf('\n', at);
        int lineEnd = next < 0 ? value.length() : next;
        int chart = HelmTemplate.find(value, line, lineEnd);
        if (chart >= 0) {
            return Optional.of(HelmTemplate.diagnostic(text.span(chart, HelmTemplate.end(value, chart))));
        }
        int foreign = ForeignTemplate.find(value, line, lineEnd);
        if (foreign >= 0) {
            return Optional.of(ForeignTemplate.diagnostic(text.span(foreign, HelmTemplate.end(value, foreign))));
        }
        int open = value.indexOf("{{", line);
        if (open < 0 || open >= lineEnd) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.of(
                DiagnosticId.SOURCE_SYNTAX,
                text.span(open, HelmTemplate.end(value, open)),
                "a template without quotes, which YAML reads as a mapping",
                "put the whole value in quotes: \"{{ … }}\""));
    }

    /** An error in a file that has a chart's values in it somewhere follows from those, wherever it shows. */
    private Optional<Diagnostic> chart() {
        String value = text.value();
        int chart = HelmTemplate.findObject(value);
        return chart < 0
                ? Optional.empty()
                : Optional.of(HelmTemplate.diagnostic(text.span(chart, HelmTemplate.end(value, chart))));
    }

    private Diagnostic marked(MarkedYamlEngineException fault) {
        String problem = fault.getProblem() == null ? "" : fault.getProblem();
        String context = fault.getContext() == null ? "" : fault.getContext();
        int at = events.index(fault.getProblemMark());
        int opened = events.index(fault.getContextMark());
        if (problem.contains("TAB") || atTab(at)) {
            return syntax(at, at + 1, "a tab, where YAML takes only spaces", "indent with spaces");
        }
        if (context.contains("quoted scalar") && !problem.contains("escape")) {
            return syntax(opened, opened + 1, "a quote that is not closed", null);
        }
        if (context.contains("flow mapping") || context.contains("flow sequence")) {
            String bracket = context.contains("mapping") ? "`}`" : "`]`";
            return syntax(at, at + 1, "expected `,` or " + bracket, INDENTATION)
                    .withRelated(place(opened, opened + 1), "opened here");
        }
        return syntax(at, at + 1, wording(problem, at), problem.contains("escape") ? null : INDENTATION);
    }

    private String wording(String problem, int at) {
        if (problem.contains("escape")) {
            return "an escape that YAML does not know";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a `:` where no key can stand";
        }
        if (problem.contains("expected ':'")) {
            return "a key without its `:`";
        }
        if (problem.contains("block end")) {
            return "does not fit the indentation of what stands around it";
        }
        if (problem.contains("node content")) {
            return "a value is missing here";
        }
        if (problem.contains("are not allowed here")) {
            return "a list item or key where none can stand";
        }
        if (problem.contains("cannot start any token")) {
            return "a value cannot start with `"
                    + text.value().charAt(Math.min(at, text.value().length() - 1)) + "`";
        }
        if (problem.contains("document start")) {
            return "text where a document, `---`, has to start";
        }
        return "not well-formed YAML";
    }

    private boolean atTab(int at) {
        String value = text.value();
        return at < value.length() && value.charAt(at) == '\t';
    }

    private Diagnostic syntax(int from, int to, String message, @Nullable String help) {
        return Diagnostic.of(DiagnosticId.SOURCE_SYNTAX, place(from, to), message, help);
    }

    private SourceSpan place(int from, int to) {
        int length = text.value().length();
        int start = Math.min(from, length);
        boolean empty = start == length || ScalarDecoder.isBreak(text.value().charAt(start));
        return text.span(start, empty ? start : Math.min(to, length));
    }
}
